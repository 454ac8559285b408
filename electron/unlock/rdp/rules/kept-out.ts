import { addressBits, type Cidr, parseCidr } from '../../../../shared/cidr';
import type { Exposure } from '../../../../shared/isolation';

/** The admin's own public addresses, as far as they are known. */
export interface OwnAddresses {
  readonly ipv4: string | null;
  readonly ipv6: string | null;
}

/** What the rules that were read say of a connection from here. `notRead`: there are none, or they could not be read. */
export type RuleWord = 'keptOut' | 'letIn' | 'unknown' | 'notRead';

const contains = (block: Cidr, address: Cidr): boolean =>
  block.family === address.family &&
  block.base >> BigInt(addressBits[block.family] - block.prefix) ===
    address.base >> BigInt(addressBits[block.family] - block.prefix);

function wordFor(exposure: Exposure, family: 'ipv4' | 'ipv6', own: string | null): RuleWord {
  const blocks = exposure.reachable[family].flatMap((text) => parseCidr(text) ?? []);
  if (blocks.some(({ prefix }) => prefix === 0)) return 'letIn';
  // Only the first of many blocks are there: what is not among them may be among the others.
  if (blocks.length === 0 && !exposure.reachable.more) return 'keptOut';
  const address = own === null ? null : parseCidr(own);
  if (!address || address.family !== family) return 'unknown';
  if (blocks.some((block) => contains(block, address))) return 'letIn';
  return exposure.reachable.more ? 'unknown' : 'keptOut';
}

/** Whether the rules keep a connection from here out, for every family that it tried. Pure. */
export function keptOut(
  exposure: Exposure | null,
  own: OwnAddresses,
  families: readonly ('ipv4' | 'ipv6')[],
): RuleWord {
  if (exposure === null || exposure.verdict === 'unknown') return 'notRead';
  if (exposure.verdict === 'closed') return 'keptOut';
  const words = families.map((family) => wordFor(exposure, family, own[family]));
  if (words.length === 0) return 'unknown';
  if (words.includes('letIn')) return 'letIn';
  return words.every((word) => word === 'keptOut') ? 'keptOut' : 'unknown';
}
