import { describe, expect, it } from 'vitest';
import { isDecidedBy, isDomain, type KnownDomain } from './domain-account';

const corp: KnownDomain = { netbiosName: 'CORP', dnsDomain: 'corp.example', sid: 'S-1-5-21-1-2-3' };

describe('whose account it is', () => {
  it.each([
    ['corp.example', true],
    ['CORP.EXAMPLE', true],
    ['corp', true],
    ['OTHER', false],
    ['corp.other', true],
    ['', false],
    [null, false],
  ])('a domain named %s is this one: %s', (named, expected) => {
    expect(isDomain(named, corp)).toBe(expected);
  });

  it('knows no short name where none was read', () => {
    expect(isDomain('corp', { ...corp, netbiosName: null })).toBe(false);
    expect(isDomain('corp.example', { ...corp, netbiosName: null })).toBe(true);
  });

  it('is the domain’s where a domain controller keeps it as its own, by its SID', () => {
    const own = (sid: string | null) => isDecidedBy(corp, { authority: 'local', domain: null, sid });
    expect(own('S-1-5-21-1-2-3-1105')).toBe(true);
    expect(own('S-1-5-21-1-2-33-500')).toBe(false);
    expect(own('S-1-5-21-1-2-3')).toBe(false);
    expect(own('S-1-5-18')).toBe(false);
    expect(own(null)).toBe(false);
    expect(isDecidedBy({ ...corp, sid: null }, { authority: 'here', domain: null, sid: 'S-1-5-21' })).toBe(
      false,
    );
  });

  it('is the domain’s where a member names the domain', () => {
    expect(isDecidedBy(corp, { authority: 'elsewhere', domain: 'CORP', sid: null })).toBe(true);
    expect(isDecidedBy(corp, { authority: 'elsewhere', domain: 'OTHER', sid: null })).toBe(false);
  });
});
