import { describe, expect, it } from 'vitest';
import type { CloudAccount } from '../../shared/cloud';
import { accountFor } from './account-for';

const account = (id: string, regions: string[]): CloudAccount => ({
  id,
  name: id,
  provider: 'aliyun',
  key: { kind: 'environment' },
  role: null,
  regions,
  endpoint: null,
  createdAtMs: 0,
  updatedAtMs: 0,
});
const all = [account('anywhere', []), account('north', ['cn-beijing']), account('east', ['cn-hangzhou'])];
const reference = (region: string, accountId?: string) => ({
  provider: 'aliyun' as const,
  region,
  instanceId: 'i-1',
  ...(accountId === undefined ? {} : { accountId }),
});

describe('the account that reaches an instance', () => {
  it('is the one named, whatever its regions', () => {
    expect(accountFor(reference('cn-hangzhou', 'north'), all)?.id).toBe('north');
  });
  it('is none when the one named is gone: another might be somebody else’s', () => {
    expect(accountFor(reference('cn-hangzhou', 'gone'), all)).toBeUndefined();
  });
  it('is the first that knows the region, then one without regions', () => {
    expect(accountFor(reference('cn-hangzhou'), all)?.id).toBe('east');
    expect(accountFor(reference('eu-central-1'), all)?.id).toBe('anywhere');
    expect(accountFor(reference('eu-central-1'), all.slice(1))).toBeUndefined();
  });
  it('is none for another cloud', () => {
    expect(accountFor({ provider: 'aws', region: 'eu-west-1', instanceId: 'i-2' }, all)).toBeUndefined();
  });
});
