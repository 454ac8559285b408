import { appError } from '../../../shared/errors';
import type { NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { InstanceRef } from '../provider';
import { type InstanceAnswer, instancesPage, interfacesPage } from './answers';
import { readGroup, readGroups } from './groups';
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

/**
 * Everything about an instance's inbound side, in two rounds of parallel calls (three where rules name lists).
 * For g groups: 1 instance + 1 interfaces + 1 groups + g rules, and 2g more for the members. Fewer cannot do: the
 * groups are known only from the first two, kind and management only from the third, and rules are told one group
 * at a time.
 */
export async function readSnapshot(
  reader: Reader,
  ref: InstanceRef,
  options: { readonly members: boolean; readonly now: () => number },
): Promise<Result<NetworkSnapshot>> {
  const [about, listed] = await Promise.all([
    readInstance(reader, ref.instanceId),
    readInterfaces(reader, ref.instanceId),
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
  const groupIds = [...new Set(interfaces.flatMap((one) => one.groupIds))];
  const groupsAbout = readGroups(reader, groupIds);
  const read = await Promise.all(
    groupIds.map((id) => readGroup(reader, id, groupsAbout, instance, options.members)),
  );
  const groups = [];
  for (const group of read) {
    if (!group.ok) return group;
    groups.push(group.value);
  }
  const lists = await readLists(reader, groups);
  if (!lists.ok) return lists;
  return ok({ takenAtMs: options.now(), instance, interfaces, groups, ...lists.value });
}
