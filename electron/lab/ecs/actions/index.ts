import type { Action } from './call';
import { describeInstanceVncUrl, modifyInstanceVncPasswd } from './console';
import { describeSecurityGroupAttribute } from './group-attribute';
import { authorizeSecurityGroup, revokeSecurityGroup } from './group-rules';
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroupReferences,
  describeSecurityGroups,
  modifySecurityGroupPolicy,
} from './groups';
import { describeInstances } from './instances';
import { describePortRangeListEntries, describePrefixListAttributes } from './lists';
import {
  joinSecurityGroup,
  leaveSecurityGroup,
  modifyInstanceAttribute,
  modifyNetworkInterfaceAttribute,
} from './membership';
import { modifySecurityGroupRule } from './modify-rule';
import { describeNetworkInterfaces } from './network-interfaces';
import { rebootInstance, startInstance, stopInstance } from './power';
import { describeRegions } from './regions';
import { tagResources, untagResources } from './tags';

export const ECS_VERSION = '2014-05-26';

/** Every action of the ECS interface that the stand-in knows. */
export const ecsActions: ReadonlyMap<string, Action> = new Map([
  ['DescribeRegions', describeRegions],
  ['DescribeInstances', describeInstances],
  ['DescribeNetworkInterfaces', describeNetworkInterfaces],
  ['DescribeSecurityGroups', describeSecurityGroups],
  ['DescribeSecurityGroupAttribute', describeSecurityGroupAttribute],
  ['DescribeSecurityGroupReferences', describeSecurityGroupReferences],
  ['DescribePrefixListAttributes', describePrefixListAttributes],
  ['DescribePortRangeListEntries', describePortRangeListEntries],
  ['CreateSecurityGroup', createSecurityGroup],
  ['DeleteSecurityGroup', deleteSecurityGroup],
  ['ModifySecurityGroupPolicy', modifySecurityGroupPolicy],
  ['AuthorizeSecurityGroup', authorizeSecurityGroup],
  ['RevokeSecurityGroup', revokeSecurityGroup],
  ['ModifySecurityGroupRule', modifySecurityGroupRule],
  ['ModifyInstanceAttribute', modifyInstanceAttribute],
  ['ModifyNetworkInterfaceAttribute', modifyNetworkInterfaceAttribute],
  ['JoinSecurityGroup', joinSecurityGroup],
  ['LeaveSecurityGroup', leaveSecurityGroup],
  ['TagResources', tagResources],
  ['UntagResources', untagResources],
  ['DescribeInstanceVncUrl', describeInstanceVncUrl],
  ['ModifyInstanceVncPasswd', modifyInstanceVncPasswd],
  ['RebootInstance', rebootInstance],
  ['StartInstance', startInstance],
  ['StopInstance', stopInstance],
]);
