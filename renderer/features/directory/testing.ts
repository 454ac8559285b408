import type {
  Certificate,
  ControllerRow,
  ControllerTable,
  DirectoryAccount,
  DirectoryPolicy,
  DirectoryProfile,
  DirectoryView,
} from '../../../shared/directory';
import { idOf, NOW, policyView } from '../../testing/fixtures';

export const DIRECTORY = idOf(900);

export const directoryProfile = (change: Partial<DirectoryProfile> = {}): DirectoryProfile => ({
  id: DIRECTORY,
  name: 'Head office',
  domain: 'corp.example',
  controllers: [{ host: 'dc1.corp.example', port: null }],
  transport: 'ldaps',
  plainAccepted: false,
  trust: 'system',
  bindUser: 'reader@corp.example',
  pageSize: 1000,
  tunnel: null,
  watch: 'normal',
  createdAtMs: NOW,
  updatedAtMs: NOW,
  ...change,
});

export const directoryAccount = (name: string, change: Partial<DirectoryAccount> = {}): DirectoryAccount => ({
  key: `S-1-5-21-1-2-3-${1000 + name.length}`,
  name,
  displayName: null,
  userPrincipalName: null,
  distinguishedName: `CN=${name},DC=corp,DC=example`,
  status: 'clear',
  reason: null,
  disabled: false,
  builtinAdministrator: false,
  rawCount: 0,
  badPasswordCount: 0,
  threshold: 5,
  lastBadPasswordAtMs: null,
  lockedAtMs: null,
  autoUnlockAtMs: null,
  lockedUntilAdmin: false,
  countResetsAtMs: null,
  passwordSetAtMs: null,
  policyName: 'CORP',
  readAtMs: Date.now(),
  ...change,
});

export const directoryPolicy = (change: Partial<DirectoryPolicy> = {}): DirectoryPolicy => ({
  ...policyView({ source: 'domain', threshold: 5 }),
  sourceName: 'CORP',
  precedence: null,
  passwordHistoryLength: 24,
  ...change,
});

export const directoryView = (change: Partial<DirectoryView> = {}): DirectoryView => ({
  id: DIRECTORY,
  status: 'clear',
  reason: null,
  checkedAtMs: Date.now(),
  connection: 'following',
  failure: null,
  nextAttemptAtMs: null,
  domainName: 'DC=corp,DC=example',
  netbiosName: 'CORP',
  domainSid: 'S-1-5-21-1-2-3',
  pdcHost: 'dc1.corp.example',
  controllers: [],
  policy: directoryPolicy(),
  passwordSettings: [],
  locked: 0,
  counting: 0,
  accounts: [],
  lastFull: null,
  lastIncremental: null,
  doubts: [],
  ...change,
});

export const controllerRow = (host: string, change: Partial<ControllerRow> = {}): ControllerRow => ({
  host,
  site: 'Harbour',
  readOnly: false,
  truth: false,
  answers: true,
  failure: null,
  roundTripMs: 4,
  readAtMs: Date.now(),
  status: 'locked',
  rawCount: 5,
  badPasswordCount: 5,
  lastBadPasswordAtMs: NOW,
  lockoutTimeMs: NOW,
  autoUnlockAtMs: null,
  lockedUntilAdmin: true,
  passwordSetAtMs: NOW,
  lastLogonAtMs: null,
  differences: [],
  ...change,
});

export const controllerTable = (change: Partial<ControllerTable> = {}): ControllerTable => ({
  account: directoryAccount('anna', { status: 'locked' }),
  policy: directoryPolicy(),
  madeAtMs: Date.now(),
  rows: [controllerRow('dc1.corp.example', { truth: true })],
  notes: [],
  ...change,
});

export const certificate = (change: Partial<Certificate> = {}): Certificate => ({
  host: 'dc1.corp.example',
  port: 636,
  fingerprint: Array(32).fill('AB').join(':'),
  subject: 'CN=dc1.corp.example',
  issuer: 'CN=Corp CA',
  names: ['DNS:dc1.corp.example'],
  validFromMs: NOW - 1e9,
  validToMs: NOW + 1e12,
  ...change,
});
