import type { Phrase } from '../../../shared/account-status';
import { formatCidr, parseCidr } from '../../../shared/cidr';

/** Blocks shorter than this hold an eighth of all addresses or more: as good as everyone. */
const WORLD_PREFIX = 3;
const WIDE_PREFIX = { ipv4: 16, ipv6: 32 } as const;
export const MAX_TRUSTED = 50;

export interface TrustedDraft {
  /** In their one spelling, each once. */
  readonly cidrs: readonly string[];
  /** The first line that cannot be taken, in a sentence. */
  readonly error: Phrase | null;
  readonly warnings: readonly Phrase[];
}

const phrase = (key: string, params: Phrase['params']): Phrase => ({ key, params });

/** Reads lines of addresses and blocks. Main checks them once more; this says early and clearly what it will say. */
export function readTrusted(text: string): TrustedDraft {
  const lines = text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const cidrs: string[] = [];
  const warnings: Phrase[] = [];
  let error: Phrase | null = null;
  for (const line of lines) {
    const cidr = parseCidr(line);
    if (!cidr) {
      error ??= phrase('restore.address.notABlock', { text: line.slice(0, 64) });
      continue;
    }
    const spelled = formatCidr(cidr);
    if (cidr.prefix <= WORLD_PREFIX) {
      error ??= phrase('restore.address.world', { cidr: spelled });
      continue;
    }
    if (cidr.prefix < WIDE_PREFIX[cidr.family]) {
      const power = (cidr.family === 'ipv4' ? 32 : 128) - cidr.prefix;
      warnings.push(
        power <= 32
          ? phrase('restore.address.wide', { cidr: spelled, count: 2 ** power })
          : phrase('restore.address.wideV6', { cidr: spelled }),
      );
    }
    if (!cidr.exact) warnings.push(phrase('restore.address.hostBits', { text: line, cidr: spelled }));
    if (!cidrs.includes(spelled)) cidrs.push(spelled);
  }
  if (cidrs.length > MAX_TRUSTED) error ??= phrase('restore.address.tooMany', { max: MAX_TRUSTED });
  return { cidrs, error, warnings };
}

export interface FoundAddress {
  readonly service: string;
  readonly address: string | null;
}

/** The addresses that services answered, the most frequent first, and whether they differ within a family. */
export function agreement(answers: readonly FoundAddress[]): {
  readonly addresses: readonly { readonly cidr: string; readonly services: readonly string[] }[];
  readonly disagree: boolean;
} {
  const byCidr = new Map<string, string[]>();
  for (const { service, address } of answers) {
    const cidr = address === null ? null : parseCidr(address);
    if (!cidr) continue;
    const spelled = formatCidr(cidr);
    byCidr.set(spelled, [...(byCidr.get(spelled) ?? []), service]);
  }
  const addresses = [...byCidr].map(([cidr, services]) => ({ cidr, services }));
  addresses.sort((a, b) => b.services.length - a.services.length);
  const v6 = addresses.filter(({ cidr }) => cidr.includes(':')).length;
  return { addresses, disagree: v6 > 1 || addresses.length - v6 > 1 };
}
