import { describe, expect, it } from 'vitest';
import { fieldPlace } from './evidence-places';

describe('what the runbook knows of a field', () => {
  it.each([
    ['Status', '0xc0000234', { pageId: 'status-codes', anchor: '0xc0000234' }],
    ['SubStatus', '0xC000006A ', { pageId: 'status-codes', anchor: '0xc000006a' }],
    ['Status', '0x18', { pageId: 'status-codes', anchor: '0x18' }],
    ['LogonType', '10', { pageId: 'logon-types', anchor: '10' }],
  ])('%s %s', (name, value, place) => {
    expect(fieldPlace(name, value)).toEqual(place);
  });

  it.each([
    ['SubStatus', '0x0'],
    ['Status', '%%2313'],
    ['TargetUserName', '0xc0000234'],
    ['LogonType', '-'],
  ])('is nothing for %s %s', (name, value) => {
    expect(fieldPlace(name, value)).toBeNull();
  });
});
