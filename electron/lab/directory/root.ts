import type { ControllerName } from './domain/accounts';
import {
  CONFIGURATION_DN,
  DOMAIN_DN,
  hostOf,
  type PracticeDomain,
  SCHEMA_DN,
  settingsDn,
} from './domain/practice-domain';
import { type Entry, entry } from './domain/tree';
import { generalizedTime } from './domain/values';
import { PAGED_RESULTS } from './protocol/messages';

export const START_TLS = '1.3.6.1.4.1.1466.20037';
export const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';
/** No references to other contexts, please. */
export const DOMAIN_SCOPE = '1.2.840.113556.1.4.1339';
export const CONTROLS: readonly string[] = [PAGED_RESULTS, DOMAIN_SCOPE];

const CAPABILITIES = [
  // Active Directory, and of the versions since 2000, 2003 SP1, 2008 and 2012.
  '1.2.840.113556.1.4.800',
  '1.2.840.113556.1.4.1670',
  '1.2.840.113556.1.4.1791',
  '1.2.840.113556.1.4.1935',
  '1.2.840.113556.1.4.2080',
];

/** What a controller says about itself to anybody, under the empty name. */
export const rootEntry = (domain: PracticeDomain, controller: ControllerName, now: () => number): Entry =>
  entry('', '', () => ({
    currentTime: generalizedTime(now()),
    subschemaSubentry: `CN=Aggregate,${SCHEMA_DN}`,
    dsServiceName: settingsDn(controller),
    serverName: settingsDn(controller).slice('CN=NTDS Settings,'.length),
    namingContexts: [DOMAIN_DN, CONFIGURATION_DN, SCHEMA_DN],
    defaultNamingContext: DOMAIN_DN,
    schemaNamingContext: SCHEMA_DN,
    configurationNamingContext: CONFIGURATION_DN,
    rootDomainNamingContext: DOMAIN_DN,
    supportedControl: CONTROLS,
    supportedExtension: [START_TLS, WHO_AM_I],
    supportedCapabilities: CAPABILITIES,
    supportedLDAPVersion: ['3', '2'],
    highestCommittedUSN: String(domain.accounts.highestUpdate),
    dnsHostName: hostOf(controller),
    ldapServiceName: `lab.practice:${controller}$@LAB.PRACTICE`,
    isSynchronized: 'TRUE',
    isGlobalCatalogReady: 'TRUE',
    domainFunctionality: '7',
    forestFunctionality: '7',
    domainControllerFunctionality: '7',
    vendorName: 'Practice: a stand-in, no real directory',
  }));
