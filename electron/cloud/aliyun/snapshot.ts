import { appError } from '../../../shared/errors';
import type { NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { InstanceRef } from '../provider';
import { type InstanceAnswer, instancesPage, interfacesPage } from './answers';
import { type GroupParts, groupOf, readGroups, readParts } from './groups';
import { instanceOf, interfacesOf } from './instances';
import { readLists } from './lists';
import { type Reader, readOne, readPages } from './reading';

/** One instance as the API tells it; `cloud.notFound` when the region has none of that id (any more). */
export async function readInstance(reader: Reader, instanceId: string): Promise<Result<InstanceAnswer>> {
  const action = 'DescribeInstances';
  const parameters = { InstanceIds: JSON.stringify([instanceId]), RegionId: reader.region };
  const page = await readOne(reader, action, parameters, instancesPage);
  if (!page.ok) return page;
  const found = page.value.Instances.find((one) => one.InstanceId === instanceId);
  if (found) return ok(found);
  return err(appError('cloud.notFound', { action, code: 'InstanceIds', requestId: '-', status: 200 }));
}

const readInterfaces = (reader: Reader, instanceId: string) =>
  readPages(
    reader,
    'DescribeNetworkInterfaces',
    { InstanceId: instanceId, MaxResults: '100', RegionId: reader.region },
    interfacesPage,
    (page) => page.NetworkInterfaceSets,
  );

interface Found {
  readonly parts: readonly GroupParts[];
  readonly listed: Awaited<ReturnType<typeof readGroups>>;
}

/** These groups, each with its rules: all at once. */
async function readFound(reader: Reader, ids: readonly string[], members: boolean): Promise<Found> {
  const [listed, parts] = await Promise.all([
    readGroups(reader, ids),
    Promise.all(ids.map((id) => readParts(reader, id, members))),
  ]);
  return { parts, listed };
}

const isGone = ({ rules }: GroupParts): boolean => !rules.ok && rules.error.code === 'cloud.notFound';

/**
 * Everything about an instance's inbound side, in two rounds of parallel calls (three where rules name lists).
 * For g groups: 1 instance + 1 interfaces + 1 groups + g rules, and 2g more for the members. Fewer cannot do: the
 * groups are known only from the first two, kind and management only from the third, and rules are told one group
 * at a time. `expected` groups are read in the first round, so that one is enough when they are the ones carried;
 * `besides` are read then too, and told although no interface carries them, unless they do not exist.
 */
export async function readSnapshot(
  reader: Reader,
  ref: InstanceRef,
  options: {
    readonly members: boolean;
    readonly besides: readonly string[];
    readonly expected: readonly string[];
    readonly now: () => number;
  },
): Promise<Result<NetworkSnapshot>> {
  const { members, besides } = options;
  const early = [...new Set([...options.expected, ...besides])];
  const [about, listed, first] = await Promise.all([
    readInstance(reader, ref.instanceId),
    readInterfaces(reader, ref.instanceId),
    readFound(reader, early, members),
  ]);
  if (!about.ok) return about;
  if (!listed.ok) return listed;
  const instance = instanceOf(about.value, ref.region);
  const interfaces = interfacesOf(listed.value.items, about.value, instance);
  if (interfaces.some((one) => one.groupIds.length === 0)) {
    // An interface without groups does not exist: what was left out might be the open door.
    const params = { action: 'DescribeNetworkInterfaces', status: 200, code: '-', requestId: '-' };
    return err(appError('cloud.unreadableAnswer', params));
  }
  const carried = [...new Set(interfaces.flatMap((one) => one.groupIds))];
  const second = await readFound(
    reader,
    carried.filter((id) => !early.includes(id)),
    members,
  );
  if (!second.listed.ok) return second.listed;
  const wanted = [...first.parts, ...second.parts].filter(
    (parts) => carried.includes(parts.id) || (besides.includes(parts.id) && !isGone(parts)),
  );
  const told = first.parts.filter((parts) => wanted.includes(parts));
  // One that is gone may fail the list of all that were asked for together.
  const relist =
    !first.listed.ok && first.listed.error.code === 'cloud.notFound' && told.length < early.length;
  const firstListed = relist
    ? await readGroups(
        reader,
        told.map(({ id }) => id),
      )
    : first.listed;
  if (!firstListed.ok) return firstListed;
  const groups = [];
  for (const id of new Set([...carried, ...besides])) {
    const parts = wanted.find((one) => one.id === id);
    if (!parts) continue;
    const all = [...firstListed.value, ...second.listed.value];
    const group = groupOf(parts, all, instance, carried.includes(id));
    if (!group.ok) return group;
    groups.push(group.value);
  }
  const lists = await readLists(reader, groups);
  if (!lists.ok) return lists;
  return ok({ takenAtMs: options.now(), instance, interfaces, groups, ...lists.value });
}
