import { EcsError } from '../error';
import { required } from '../parameters';
import type { Action } from './call';

export const describePrefixListAttributes: Action = {
  token: false,
  run({ parameters, described }) {
    const list = described.prefixLists.get(required(parameters, 'PrefixListId'));
    if (!list) throw new EcsError(404, 'InvalidPrefixListId.NotFound', 'The prefix list does not exist.');
    return {
      PrefixListId: list.id,
      PrefixListName: `stand-in ${list.id}`,
      AddressFamily: list.addressFamily,
      MaxEntries: list.maxEntries,
      Entries: { Entry: list.cidrs.map((Cidr) => ({ Cidr, Description: '' })) },
    };
  },
};

export const describePortRangeListEntries: Action = {
  token: false,
  run({ parameters, described }) {
    const list = described.portLists.get(required(parameters, 'PortRangeListId'));
    if (!list)
      throw new EcsError(404, 'InvalidPortRangeListId.NotFound', 'The port range list does not exist.');
    return { Entries: list.ranges.map((PortRange) => ({ PortRange, Description: '' })) };
  },
};
