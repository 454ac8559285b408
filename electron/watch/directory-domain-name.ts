import { hostLabel } from '../lockout';

/** Whether a domain as an event names it, NetBIOS or DNS, is this one. */
export const isDomain = (named: string, netbios: string | null, dns: string): boolean => {
  const lower = named.toLowerCase();
  return lower === dns.toLowerCase() || (netbios !== null && hostLabel(lower) === hostLabel(netbios));
};
