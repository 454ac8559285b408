import type { Phrase } from '../../../shared/account-status';
import { formatCidr, parseCidr } from '../../../shared/cidr';
import { contains, type Family, families, intersect, isEmpty, setOfCidrs, widthOf } from '../exposure';

/** Blocks that no public connection comes from; right only over a VPN or inside the network. */
const inside: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  ipv6: ['fc00::/7', 'fe80::/10'],
};
/** Blocks that nothing ever comes from. */
const nowhere: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3'],
  ipv6: ['::/96', '::ffff:0:0/96', 'ff00::/8'],
};

export type TrustedCheck =
  | { readonly ok: false; readonly phrase: Phrase }
  | {
      readonly ok: true;
      /** In their one spelling, none inside another, in the order given. */
      readonly cidrs: readonly string[];
      readonly warnings: readonly Phrase[];
      /** True when a block is wide enough to ask once more. */
      readonly questioned: boolean;
    };

const refuse = (key: string, cidr: string): TrustedCheck => ({
  ok: false,
  phrase: { key: `isolation.trusted.${key}`, params: { cidr } },
});

/**
 * Checks the blocks that are to get in. Refused: none at all, what is no block, loopback and the like, and an eighth
 * of all addresses or more, as one block or together. Questioned: wider than a /16 (IPv6: a /32). Private blocks and
 * addresses with host bits are warned of.
 */
export function checkTrusted(texts: readonly string[]): TrustedCheck {
  const warnings: Phrase[] = [];
  const cidrs: string[] = [];
  let questioned = false;
  if (texts.length === 0) return { ok: false, phrase: { key: 'isolation.trusted.none', params: {} } };
  for (const text of texts) {
    const cidr = parseCidr(text.trim());
    if (!cidr) return refuse('notABlock', text.trim().slice(0, 64));
    const spelled = formatCidr(cidr);
    const set = setOfCidrs([spelled], cidr.family);
    const touches = (blocks: readonly string[]): boolean =>
      !isEmpty(intersect(set, setOfCidrs(blocks, cidr.family)));
    const width = widthOf(set, cidr.family);
    if (width === 'world') return refuse('world', spelled);
    if (touches(nowhere[cidr.family])) return refuse('nowhere', spelled);
    if (width === 'wide') {
      questioned = true;
      warnings.push({ key: 'isolation.trusted.wide', params: { cidr: spelled } });
    }
    if (touches(inside[cidr.family]))
      warnings.push({ key: 'isolation.trusted.private', params: { cidr: spelled } });
    if (!cidr.exact)
      warnings.push({ key: 'isolation.trusted.hostBits', params: { typed: text.trim(), cidr: spelled } });
    cidrs.push(spelled);
  }
  for (const family of families)
    if (widthOf(setOfCidrs(cidrs, family), family) === 'world') return refuse('world', cidrs.join(', '));
  const kept = cidrs.filter(
    (cidr, at) =>
      !cidrs.some((other, index) => {
        const family = cidr.includes(':') ? 'ipv6' : 'ipv4';
        const inner = setOfCidrs([cidr], family);
        const outer = setOfCidrs([other], family);
        if (index === at || isEmpty(outer) || !contains(outer, inner)) return false;
        return other !== cidr || index < at;
      }),
  );
  return { ok: true, cidrs: kept, warnings, questioned };
}
