import { createRandom } from '../random';
import type { XmlStyle } from '../windows/event-xml';
import { AUDIT_ALL, AUDIT_NONE, type AuditPolicy } from '../windows/instance';
import type { SamPolicy } from '../windows/sam';

interface AccountSpec {
  readonly name: string;
  readonly rid: number;
  readonly disabled?: boolean;
  readonly administrator?: boolean;
}

/** One machine of the practice estate before it is built. */
export interface InstanceSpec {
  readonly name: string;
  /** Its computer name says that it is practice, so that every event of it does. */
  readonly computer: string;
  readonly system: string;
  readonly defaultShell: 'cmd' | 'powershell';
  readonly audit: AuditPolicy;
  readonly policy: (speed: number) => SamPolicy;
  readonly style: XmlStyle;
  readonly accounts: readonly AccountSpec[];
  /** What its console port asks for; null: nothing. */
  readonly consolePassword: string | null;
}

/** The account that the app signs in with over SSH. */
export const SSH_USER = 'watcher';
export const STALE_ACCOUNT = 'svc-backup';
export const ATTACKED_INSTANCE = 'web-01';

const minutes = (atSpeedOne: number, speed: number) => Math.max(1, Math.round(atSpeedOne / speed));

/** 10 failures, 10 minutes, 10 minutes, Administrator included; at speed 4 the minutes become 3, never less than 1. */
export const standardPolicy = (speed: number): SamPolicy => ({
  threshold: 10,
  windowMinutes: minutes(10, speed),
  durationMinutes: minutes(10, speed),
  lockoutAdmins: true,
});

const BUILT_IN = [
  { name: 'Administrator', rid: 500 },
  { name: 'Guest', rid: 501, disabled: true },
  { name: 'DefaultAccount', rid: 503, disabled: true },
  { name: SSH_USER, rid: 1000, administrator: true },
] as const;

const MODERN: XmlStyle = { fractionDigits: 7, guidCase: 'lower' };
const OLDER: XmlStyle = { fractionDigits: 9, guidCase: 'upper' };
const SERVER_2022 = 'Microsoft Windows Server 2022 Standard 10.0.20348';

export const instanceSpecs: readonly InstanceSpec[] = [
  {
    name: ATTACKED_INSTANCE,
    computer: 'LAB-WEB-01',
    system: SERVER_2022,
    defaultShell: 'cmd',
    audit: AUDIT_ALL,
    policy: standardPolicy,
    style: MODERN,
    accounts: [...BUILT_IN, { name: 'webadmin', rid: 1001, administrator: true }],
    consolePassword: null,
  },
  {
    name: 'app-02',
    computer: 'LAB-APP-02',
    system: 'Microsoft Windows Server 2019 Standard 10.0.17763',
    defaultShell: 'cmd',
    audit: AUDIT_ALL,
    policy: standardPolicy,
    style: OLDER,
    accounts: [
      ...BUILT_IN,
      { name: STALE_ACCOUNT, rid: 1002 },
      { name: 'appadmin', rid: 1003, administrator: true },
    ],
    consolePassword: null,
  },
  {
    name: 'db-03',
    computer: 'LAB-DB-03',
    system: SERVER_2022,
    defaultShell: 'cmd',
    audit: AUDIT_ALL,
    policy: standardPolicy,
    style: MODERN,
    accounts: [...BUILT_IN, { name: 'dba', rid: 1001, administrator: true }],
    consolePassword: 'practice',
  },
  {
    name: 'ssh-04',
    computer: 'LAB-SSH-04',
    system: 'Microsoft Windows Server 2025 Standard 10.0.26100',
    defaultShell: 'powershell',
    audit: AUDIT_ALL,
    policy: standardPolicy,
    style: MODERN,
    accounts: [...BUILT_IN, { name: 'deploy', rid: 1001 }],
    consolePassword: null,
  },
  {
    name: 'old-05',
    computer: 'LAB-OLD-05',
    system: 'Microsoft Windows Server 2016 Standard 10.0.14393',
    defaultShell: 'cmd',
    audit: AUDIT_NONE,
    policy: () => ({ threshold: 5, windowMinutes: 30, durationMinutes: 0, lockoutAdmins: false }),
    style: OLDER,
    accounts: [...BUILT_IN, { name: 'clerk', rid: 1001 }],
    consolePassword: null,
  },
];

/**
 * Practice passwords follow from the seed and guard nothing: the estate is simulated and on loopback. Short, because
 * whoever practises types them at the console.
 */
export const practicePassword = (seed: string, instance: string, account: string): string =>
  `Lab-${instance}-${createRandom(`${seed}/${instance}/${account}`).hex(4)}`;
