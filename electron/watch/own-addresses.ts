import { BlockList, isIP } from 'node:net';
import { type InstanceModel, normaliseAddress } from '../lockout';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Addresses and CIDR blocks as the admin wrote them; what is neither is passed over. */
export function addressBlocks(written: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const text of written) {
    const [address = '', prefix] = text.trim().split('/');
    if (isIP(address) === 0) continue;
    const family = familyOf(address);
    const bits = prefix === undefined ? undefined : Number(prefix);
    const widest = family === 'ipv6' ? 128 : 32;
    if (bits === undefined) blocks.addAddress(address, family);
    else if (Number.isInteger(bits) && bits >= 0 && bits <= widest) blocks.addSubnet(address, bits, family);
  }
  return blocks;
}

/** Those of the addresses seen on an instance that are the admin's own: written in the settings, or the one we use. */
export function ownAddressesIn(
  model: InstanceModel,
  blocks: BlockList,
  clientAddress: string | null,
): readonly string[] {
  const own: string[] = [];
  const client = clientAddress === null ? null : normaliseAddress(clientAddress);
  for (const address of model.addresses.entries.keys()) {
    const listed = isIP(address) !== 0 && blocks.check(address, familyOf(address));
    if (listed || address === client) own.push(address);
  }
  return own;
}

/** The same, made anew only when what it is made of has changed. */
export function rememberOwnAddresses(): typeof ownAddressesIn {
  let made: { seen: unknown; blocks: BlockList; client: string | null; own: readonly string[] } | undefined;
  return (model, blocks, client) => {
    const seen = model.addresses;
    if (made?.seen !== seen || made.blocks !== blocks || made.client !== client) {
      made = { seen, blocks, client, own: ownAddressesIn(model, blocks, client) };
    }
    return made.own;
  };
}
