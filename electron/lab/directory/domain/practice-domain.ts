import { createRandom } from '../../random';
import {
  CONTROLLERS,
  type ControllerName,
  type DomainAccount,
  DomainAccounts,
  type DomainPolicy,
  domainAccount,
  isLocked,
  PDC,
} from './accounts';
import { normalName, relativeName } from './names';
import { type Person, people } from './people';
import { type Attributes, type Entry, entry } from './tree';
import { generalizedTime, idBytes, sidBytes, span, ticks } from './values';

export const DOMAIN = 'lab.practice';
export const NETBIOS = 'LAB';
export const DOMAIN_DN = 'DC=lab,DC=practice';
export const CONFIGURATION_DN = `CN=Configuration,${DOMAIN_DN}`;
export const SCHEMA_DN = `CN=Schema,${CONFIGURATION_DN}`;
const USERS_DN = `CN=Users,${DOMAIN_DN}`;
const PSO_DN = `CN=Strict,CN=Password Settings Container,CN=System,${DOMAIN_DN}`;
const STRICT_GROUP_DN = `CN=Strict policy,OU=Staff,${DOMAIN_DN}`;
const SITES: Record<ControllerName, string> = { dc1: 'Harbour', dc2: 'Hill' };

export const hostOf = (controller: ControllerName): string => `${controller}.${DOMAIN}`;
const serverDn = (controller: ControllerName) =>
  `CN=${controller.toUpperCase()},CN=Servers,CN=${SITES[controller]},CN=Sites,${CONFIGURATION_DN}`;
export const settingsDn = (controller: ControllerName): string => `CN=NTDS Settings,${serverDn(controller)}`;
const computerDn = (controller: ControllerName) =>
  `CN=${controller.toUpperCase()},OU=Domain Controllers,${DOMAIN_DN}`;

const NORMAL_ACCOUNT = 0x200;
const DISABLED = 0x2;
const NEVER_EXPIRES = 0x10000;
const CONTROLLER_ACCOUNT = 0x82000;
const LOCKED_OUT = 0x10;
const DAY_MS = 86_400_000;
const NEVER = '9223372036854775807';

/** Of everybody whom no password settings object governs. */
export const DEFAULT_POLICY: DomainPolicy = { threshold: 5, windowMinutes: 10, durationMinutes: 10 };
const STRICT_POLICY: DomainPolicy = { threshold: 3, windowMinutes: 30, durationMinutes: 0 };

export interface PracticeDomain {
  /** Of the domain; an account's is this and its RID. */
  readonly sid: string;
  readonly accounts: DomainAccounts;
  policy: DomainPolicy;
  /** The account that a directory profile signs in with. */
  readonly reader: DomainAccount;
  passwordOf(account: string): string;
  /** All entries as one controller holds them. */
  entries(controller: ControllerName): readonly Entry[];
  /** The account of an entry, if it is one. */
  accountAt(normal: string): DomainAccount | undefined;
  accountByLogonName(name: string): DomainAccount | undefined;
}

/** The practice domain of a seed: about thirty users, two controllers in two sites, one password settings object. */
export function createPracticeDomain(seed: string, now: () => number): PracticeDomain {
  const random = createRandom(`${seed}/domain`);
  const sid = `S-1-5-21-${[1, 2, 3].map(() => random.between(100_000_000, 4_000_000_000)).join('-')}`;
  const startedMs = now();
  const policies = { domain: DEFAULT_POLICY };
  const passwordOf = (account: string) => `Lab-${createRandom(`${seed}/${account}`).hex(6)}`;
  const make = (name: string, rid: number, more: Partial<DomainAccount> & { strict?: boolean } = {}) =>
    domainAccount({
      name,
      rid,
      password: passwordOf(name),
      passwordSetMs: startedMs - random.between(5, 300) * DAY_MS,
      policy: () => (more.strict ? STRICT_POLICY : policies.domain),
      ...(more.disabled === undefined ? {} : { disabled: more.disabled }),
      ...(more.administrator === undefined ? {} : { administrator: more.administrator }),
    });
  const builtIn = [
    make('Administrator', 500, { administrator: true }),
    make('Guest', 501, { disabled: true }),
    make('krbtgt', 502, { disabled: true }),
    make('lockwatch', 1100, { administrator: true }),
  ];
  const employed = people.map((person, index) => ({
    person,
    account: make(person.account, 1200 + index, person),
  }));
  const accounts = new DomainAccounts([...builtIn, ...employed.map(({ account }) => account)], now);
  const reader = accounts.find('lockwatch') ?? builtIn[0];
  if (!reader) throw new Error('The domain has its built-in accounts');

  const dnOf = new Map<DomainAccount, string>([
    ...builtIn.map((account) => [account, `${relativeName('CN', account.name)},${USERS_DN}`] as const),
    ...employed.map(
      ({ person, account }) =>
        [account, `${relativeName('CN', person.name)},OU=${person.unit},${DOMAIN_DN}`] as const,
    ),
  ]);
  const byName = new Map([...dnOf].map(([account, dn]) => [normalName(dn) ?? '', account]));
  const personOf = new Map<DomainAccount, Person>(employed.map(({ person, account }) => [account, person]));

  const plain = (dn: string, classes: readonly string[], attributes: Attributes = {}, context = DOMAIN_DN) =>
    entry(dn, normalName(context) ?? '', () => ({
      objectClass: ['top', ...classes],
      name: dn.slice(3, dn.indexOf(',')),
      objectGUID: idBytes(dn),
      whenCreated: generalizedTime(startedMs - 400 * DAY_MS),
      whenChanged: generalizedTime(startedMs - 400 * DAY_MS),
      uSNCreated: '8196',
      uSNChanged: '8196',
      instanceType: '4',
      ...attributes,
    }));

  const user = (account: DomainAccount, controller: ControllerName): Entry => {
    const dn = dnOf.get(account) ?? '';
    const person = personOf.get(account);
    const here = account.at[controller];
    const stored = (): Attributes => ({
      objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      objectCategory: `CN=Person,${SCHEMA_DN}`,
      cn: person?.name ?? account.name,
      name: person?.name ?? account.name,
      displayName: person?.name,
      sAMAccountName: account.name,
      userPrincipalName: `${account.name}@${DOMAIN}`,
      objectGUID: idBytes(dn),
      objectSid: sidBytes(`${sid}-${account.rid}`),
      sAMAccountType: '805306368',
      primaryGroupID: '513',
      userAccountControl: String(
        NORMAL_ACCOUNT | (account.disabled ? DISABLED : 0) | (person?.unit === 'Staff' ? 0 : NEVER_EXPIRES),
      ),
      accountExpires: NEVER,
      pwdLastSet: ticks(account.passwordSetMs),
      badPwdCount: String(here.badPasswordCount),
      badPasswordTime: ticks(here.badPasswordTime),
      lastLogon: ticks(here.lastLogon),
      logonCount: String(here.logonCount),
      lockoutTime: account.lockoutTime === null ? undefined : ticks(account.lockoutTime),
      adminCount: account.administrator ? '1' : undefined,
      memberOf: person?.strict ? STRICT_GROUP_DN : undefined,
      whenCreated: generalizedTime(startedMs - 400 * DAY_MS),
      whenChanged: generalizedTime(account.lockoutTime || startedMs - 30 * DAY_MS),
      uSNCreated: '12000',
      uSNChanged: String(account.changed[controller]),
      instanceType: '4',
    });
    return entry(dn, normalName(DOMAIN_DN) ?? '', stored, {
      'msDS-User-Account-Control-Computed': () => String(isLocked(account, now()) ? LOCKED_OUT : 0),
      'msDS-ResultantPSO': () => (person?.strict ? PSO_DN : undefined),
      'msDS-UserPasswordExpiryTimeComputed': () => NEVER,
      'msDS-PrincipalName': () => `${NETBIOS}\\${account.name}`,
    });
  };

  const root = entry(DOMAIN_DN, normalName(DOMAIN_DN) ?? '', () => ({
    objectClass: ['top', 'domain', 'domainDNS'],
    name: 'lab',
    dc: 'lab',
    objectGUID: idBytes(DOMAIN_DN),
    objectSid: sidBytes(sid),
    fSMORoleOwner: settingsDn(PDC),
    lockoutThreshold: String(policies.domain.threshold),
    lockoutDuration: span(policies.domain.durationMinutes || null),
    lockOutObservationWindow: span(policies.domain.windowMinutes),
    minPwdLength: '12',
    pwdHistoryLength: '24',
    maxPwdAge: span(null),
    minPwdAge: '0',
    // Complex passwords, and the built-in Administrator is locked as well (R4).
    pwdProperties: '9',
    'msDS-Behavior-Version': '7',
    whenChanged: generalizedTime(startedMs - 400 * DAY_MS),
    uSNChanged: '8200',
    instanceType: '5',
  }));

  const inConfiguration = (dn: string, classes: readonly string[], attributes: Attributes = {}) =>
    plain(dn, classes, attributes, CONFIGURATION_DN);
  const controllerEntries = CONTROLLERS.flatMap((controller, index) => [
    plain(computerDn(controller), ['person', 'organizationalPerson', 'user', 'computer'], {
      objectCategory: `CN=Computer,${SCHEMA_DN}`,
      sAMAccountName: `${controller.toUpperCase()}$`,
      dNSHostName: hostOf(controller),
      objectSid: sidBytes(`${sid}-${1000 + index}`),
      sAMAccountType: '805306369',
      primaryGroupID: '516',
      userAccountControl: String(CONTROLLER_ACCOUNT),
      serverReferenceBL: serverDn(controller),
      badPwdCount: '0',
      badPasswordTime: '0',
      lastLogon: ticks(startedMs),
    }),
    inConfiguration(`CN=${SITES[controller]},CN=Sites,${CONFIGURATION_DN}`, ['site']),
    inConfiguration(`CN=Servers,CN=${SITES[controller]},CN=Sites,${CONFIGURATION_DN}`, ['serversContainer']),
    inConfiguration(serverDn(controller), ['server'], {
      cn: controller.toUpperCase(),
      dNSHostName: hostOf(controller),
      serverReference: computerDn(controller),
    }),
    inConfiguration(settingsDn(controller), ['applicationSettings', 'nTDSDSA'], {
      objectCategory: `CN=NTDS-DSA,${SCHEMA_DN}`,
      options: '1',
      hasMasterNCs: [DOMAIN_DN, CONFIGURATION_DN, SCHEMA_DN],
      'msDS-hasMasterNCs': [DOMAIN_DN, CONFIGURATION_DN, SCHEMA_DN],
      'msDS-HasDomainNCs': DOMAIN_DN,
      invocationId: idBytes(`invocation ${controller}`),
      'msDS-Behavior-Version': '7',
    }),
  ]);
  const fixed: readonly Entry[] = [
    root,
    plain(USERS_DN, ['container']),
    plain(`OU=Staff,${DOMAIN_DN}`, ['organizationalUnit']),
    plain(`OU=Service Accounts,${DOMAIN_DN}`, ['organizationalUnit']),
    plain(`OU=Domain Controllers,${DOMAIN_DN}`, ['organizationalUnit']),
    plain(`CN=System,${DOMAIN_DN}`, ['container']),
    plain(`CN=Password Settings Container,CN=System,${DOMAIN_DN}`, ['msDS-PasswordSettingsContainer']),
    plain(PSO_DN, ['msDS-PasswordSettings'], {
      cn: 'Strict',
      'msDS-PasswordSettingsPrecedence': '10',
      'msDS-LockoutThreshold': String(STRICT_POLICY.threshold),
      'msDS-LockoutObservationWindow': span(STRICT_POLICY.windowMinutes),
      'msDS-LockoutDuration': span(STRICT_POLICY.durationMinutes || null),
      'msDS-PasswordHistoryLength': '24',
      'msDS-PSOAppliesTo': STRICT_GROUP_DN,
    }),
    plain(STRICT_GROUP_DN, ['group'], {
      sAMAccountName: 'Strict policy',
      objectSid: sidBytes(`${sid}-1900`),
      groupType: '-2147483646',
      member: employed.filter(({ person }) => person.strict).map(({ account }) => dnOf.get(account) ?? ''),
    }),
    inConfiguration(CONFIGURATION_DN, ['configuration'], { instanceType: '13' }),
    inConfiguration(`CN=Sites,${CONFIGURATION_DN}`, ['sitesContainer']),
    inConfiguration(`CN=Partitions,${CONFIGURATION_DN}`, ['crossRefContainer'], {
      fSMORoleOwner: settingsDn(PDC),
    }),
    inConfiguration(`CN=${NETBIOS},CN=Partitions,${CONFIGURATION_DN}`, ['crossRef'], {
      nCName: DOMAIN_DN,
      nETBIOSName: NETBIOS,
      dnsRoot: DOMAIN,
      systemFlags: '3',
    }),
    ...controllerEntries,
  ];
  const byController = new Map(
    CONTROLLERS.map((controller) => [
      controller,
      [...fixed, ...accounts.all.map((account) => user(account, controller))],
    ]),
  );

  return {
    sid,
    accounts,
    get policy() {
      return policies.domain;
    },
    set policy(policy) {
      policies.domain = policy;
    },
    reader,
    passwordOf,
    entries: (controller) => byController.get(controller) ?? [],
    accountAt: (normal) => byName.get(normal),
    accountByLogonName(name) {
      const [, bare = name] = /^(?:[^\\@]+\\)?([^\\@]+)(?:@.*)?$/.exec(name) ?? [];
      const ofDomain = name.includes('\\')
        ? name.toLowerCase().startsWith(`${NETBIOS.toLowerCase()}\\`)
        : !name.includes('@') || name.toLowerCase().endsWith(`@${DOMAIN}`);
      return ofDomain ? accounts.find(bare) : undefined;
    },
  };
}
