import type { CloudAim } from '../../../shared/cloud';

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

const ecs = (...actions: string[]): string[] => actions.map((action) => `ecs:${action}`);

/** `*` where the account's number is not known: every account that the policy is attached in. */
const resource = (account: string, kind: string): string => `acs:ecs:*:${account}:${kind}/*`;

const VIEW = ecs(
  'DescribeRegions',
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeSecurityGroupAttribute',
  'DescribePrefixListAttributes',
  'DescribePortRangeListEntries',
);

const statements: Readonly<Record<CloudAim, (account: string) => readonly Statement[]>> = {
  view: () => [{ Effect: 'Allow', Action: VIEW, Resource: '*' }],
  isolate: (account) => [
    // These two cannot be limited to some groups.
    {
      Effect: 'Allow',
      Action: ecs('AuthorizeSecurityGroup', 'ModifySecurityGroupRule'),
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Action: ecs(
        'CreateSecurityGroup',
        'ModifySecurityGroupPolicy',
        'RevokeSecurityGroup',
        'DeleteSecurityGroup',
        'TagResources',
      ),
      Resource: [resource(account, 'securitygroup'), `acs:vpc:*:${account}:vpc/*`],
    },
    {
      Effect: 'Allow',
      Action: ecs('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
      Resource: ['instance', 'eni', 'securitygroup'].map((kind) => resource(account, kind)),
    },
  ],
  unlock: (account) => [
    {
      Effect: 'Allow',
      Action: ecs(
        'DescribeInstanceVncUrl',
        'ModifyInstanceVncPasswd',
        'ModifyInstanceAttribute',
        'RebootInstance',
      ),
      Resource: resource(account, 'instance'),
    },
  ],
};

/**
 * The least RAM policy for what the admin wants to do, as JSON to copy. Pure. `account` is the account's number if
 * it is known. Viewing is always part of it: nothing is changed that was not read before.
 * From the documentation; which resource `CreateSecurityGroup` and `DeleteSecurityGroup` are checked against was not
 * confirmed, and no policy was tried on the live cloud.
 */
export function ramPolicy(aims: readonly CloudAim[], account: string | null): string {
  const number = account !== null && /^\d{1,32}$/.test(account) ? account : '*';
  const wanted = (['view', 'isolate', 'unlock'] as const).filter(
    (aim) => aim === 'view' || aims.includes(aim),
  );
  const Statement = wanted.flatMap((aim) => statements[aim](number));
  return JSON.stringify({ Version: '1', Statement }, null, 2);
}
