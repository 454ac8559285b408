import { appError } from '../../../shared/errors';
import type { CloudInstance } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import type { Capabilities, CloudProvider } from '../provider';
import { groupsPage, type InstanceAnswer, instancesPage, regionsAnswer } from './answers';
import { applyChange } from './apply';
import type { AliyunClient } from './client';
import { fetchConsoleAddress, setVncPassword } from './console';
import { HOME_REGION } from './endpoints';
import { instanceOf } from './instances';
import { readInstanceState, rebootInstance, setInstancePassword } from './power';
import { type Reader, readOne, readPages } from './reading';
import { describeChange, RULES_A_CALL } from './requests';
import { readSnapshot } from './snapshot';
import { createFreshGroups } from './step';

/** A group found by its tags. */
export interface FoundGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly type: 'basic' | 'enterprise';
  readonly tags: Readonly<Record<string, string>>;
}

export interface EcsProvider extends CloudProvider {
  /**
   * Groups that carry all these tags: overlays that another admin's app or an earlier, lost run has left. Client
   * tokens are forgotten after a while, so ask here before a step of an old journal makes a group again.
   */
  findGroups(
    region: string,
    tags: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<readonly FoundGroup[]>>;
  consoleUrl: NonNullable<CloudProvider['consoleUrl']>;
  setConsolePassword: NonNullable<CloudProvider['setConsolePassword']>;
  resetPassword: NonNullable<CloudProvider['resetPassword']>;
  reboot: NonNullable<CloudProvider['reboot']>;
  instanceState: NonNullable<CloudProvider['instanceState']>;
}

/**
 * From the documentation; none of it has been tried on the live cloud. Whether a deny cuts a session that stands is
 * not documented at all.
 */
const capabilities: Capabilities = {
  isolation: 'overlayDeny',
  console: 'url',
  passwordReset: 'reboot',
  cutsEstablished: 'unknown',
  rulesPerCall: RULES_A_CALL,
  groupsPerInterface: 10,
};

/** Alibaba Cloud ECS behind the port. `client` carries the account's credentials and endpoint. */
export function createEcsProvider(options: {
  readonly client: AliyunClient;
  readonly clock: Clock;
  /** The account's own endpoint; absent or null for the cloud's. */
  readonly endpoint?: string | null;
}): EcsProvider {
  const { client, clock } = options;
  const freshGroups = createFreshGroups(clock);
  const reader = (region: string, signal: AbortSignal): Reader => ({ client, region, signal });

  return {
    capabilities,

    /** A rehearsal of `DescribeInstances`: the cloud checks key, signature and permission, and answers so. */
    async checkCredentials(region, signal) {
      const parameters = { DryRun: 'true', RegionId: region };
      const answer = await client.call(
        { service: 'ecs', region, action: 'DescribeInstances', parameters, kind: 'read' },
        signal,
      );
      if (answer.ok || answer.error.params.code === 'DryRunOperation') return ok(null);
      return answer;
    },

    async listRegions(signal) {
      const answer = await readOne(reader(HOME_REGION, signal), 'DescribeRegions', {}, regionsAnswer);
      if (!answer.ok) return answer;
      return ok(
        answer.value.Regions.map((region) => ({
          id: region.RegionId,
          name: region.LocalName || region.RegionId,
        })),
      );
    },

    async listInstances(region, signal) {
      const pages = await readPages<typeof instancesPage, InstanceAnswer>(
        reader(region, signal),
        'DescribeInstances',
        { MaxResults: '100', RegionId: region },
        instancesPage,
        (page) => page.Instances,
      );
      if (!pages.ok) return pages;
      const byId = new Map<string, CloudInstance>();
      for (const one of pages.value.items) byId.set(one.InstanceId, instanceOf(one, region));
      return ok([...byId.values()]);
    },

    snapshot: (ref, signal, how) =>
      readSnapshot(reader(ref.region, signal), ref, {
        members: how?.members ?? true,
        besides: how?.groupIds ?? [],
        expected: how?.expectedGroupIds ?? [],
        now: () => clock.now(),
      }),

    describe: describeChange,

    async apply(change, ref, token, signal) {
      if (!/^[\x21-\x7e]{1,64}$/.test(token)) return err(appError('app.invalidArgument'));
      return applyChange(change, { reader: reader(ref.region, signal), ref, token, clock, freshGroups });
    },

    async findGroups(region, tags, signal) {
      const filters = Object.entries(tags).flatMap(([key, value], index) => [
        [`Tag.${index + 1}.Key`, key],
        [`Tag.${index + 1}.Value`, value],
      ]);
      const pages = await readPages(
        reader(region, signal),
        'DescribeSecurityGroups',
        { MaxResults: '100', RegionId: region, ...Object.fromEntries(filters) },
        groupsPage,
        (page) => page.SecurityGroups,
      );
      if (!pages.ok) return pages;
      return ok(
        pages.value.items.map((group) => ({
          id: group.SecurityGroupId,
          name: group.SecurityGroupName,
          vpcId: group.VpcId,
          type: group.SecurityGroupType.toLowerCase() === 'enterprise' ? 'enterprise' : 'basic',
          tags: Object.fromEntries(group.Tags.map((tag) => [tag.TagKey, tag.TagValue])),
        })),
      );
    },

    consoleUrl: (ref, signal) =>
      fetchConsoleAddress(reader(ref.region, signal), ref, options.endpoint ?? null, () => clock.now()),

    resetPassword: (ref, password, signal) => setInstancePassword(reader(ref.region, signal), ref, password),
    reboot: (ref, signal) => rebootInstance(reader(ref.region, signal), ref),
    instanceState: (ref, signal) => readInstanceState(reader(ref.region, signal), ref),

    setConsolePassword: (ref, password, signal) => setVncPassword(reader(ref.region, signal), ref, password),
  };
}
