import type { NetworkSnapshot, PortRange, SecurityGroup } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import { canonicalBlock } from '../address';
import { portListAnswer, prefixListAnswer } from './answers';
import { type Reader, readOne } from './reading';
import { portRangeOf } from './rules';

type Lists = Pick<NetworkSnapshot, 'prefixLists' | 'portLists'>;

async function resolve<T>(
  ids: ReadonlySet<string>,
  read: (id: string) => Promise<Result<T>>,
): Promise<Result<Record<string, T | null>>> {
  const found = await Promise.all([...ids].map(async (id) => [id, await read(id)] as const));
  const lists: Record<string, T | null> = {};
  for (const [id, result] of found) {
    if (!result.ok && result.error.code === 'app.cancelled') return err(result.error);
    // A list that cannot be read counts as exposing; the rest of the picture is worth having all the same.
    lists[id] = result.ok ? result.value : null;
  }
  return ok(lists);
}

/** The content of every prefix list and port list that the groups' rules name; null for one that cannot be read. */
export async function readLists(reader: Reader, groups: readonly SecurityGroup[]): Promise<Result<Lists>> {
  const prefixIds = new Set<string>();
  const portIds = new Set<string>();
  for (const rule of groups.flatMap((group) => group.ingress)) {
    if (rule.source.kind === 'prefixList') prefixIds.add(rule.source.listId);
    if (rule.portListId !== null) portIds.add(rule.portListId);
  }
  const base = { RegionId: reader.region };
  const [prefixLists, portLists] = await Promise.all([
    resolve<string[]>(prefixIds, async (id) => {
      const parameters = { ...base, PrefixListId: id };
      const answer = await readOne(reader, 'DescribePrefixListAttributes', parameters, prefixListAnswer);
      if (!answer.ok) return answer;
      return ok(answer.value.Entries.map((entry) => canonicalBlock(entry.Cidr) ?? entry.Cidr));
    }),
    resolve<PortRange[]>(portIds, async (id) => {
      const parameters = { ...base, PortRangeListId: id };
      const answer = await readOne(reader, 'DescribePortRangeListEntries', parameters, portListAnswer);
      if (!answer.ok) return answer;
      return ok(answer.value.Entries.map((entry) => portRangeOf(entry.PortRange)));
    }),
  ]);
  if (!prefixLists.ok) return prefixLists;
  if (!portLists.ok) return portLists;
  return ok({ prefixLists: prefixLists.value, portLists: portLists.value });
}
