import { describe, expect, it } from 'vitest';
import { controllersOf, draftOf, emptyDraft, isChanged, savedPassword, validate } from './draft';
import { directoryProfile } from './testing';

const filled = { ...emptyDraft('corp.example'), bindUser: 'reader@corp.example', password: 's3cret' };
const errorsOf = (change: Partial<typeof filled>) =>
  Object.keys(validate({ ...filled, ...change }, 'none', []).errors).sort();

describe('the form of a directory', () => {
  it('wants a domain, a user and a password, and names it after the domain', () => {
    expect(Object.keys(validate(emptyDraft(null), 'none', []).errors).sort()).toEqual([
      'bindUser',
      'domain',
      'password',
    ]);
    expect(validate(filled, 'none', []).value).toMatchObject({
      fields: { name: 'corp.example', controllers: [], tunnel: null, plainAccepted: false },
      password: 's3cret',
    });
  });

  it.each([
    [
      'dc1, dc2:3269',
      [
        { host: 'dc1', port: null },
        { host: 'dc2', port: 3269 },
      ],
    ],
    [
      '192.0.2.7;\n2001:db8::7',
      [
        { host: '192.0.2.7', port: null },
        { host: '2001:db8::7', port: null },
      ],
    ],
    [
      '[2001:db8::7]:636 [::1]',
      [
        { host: '2001:db8::7', port: 636 },
        { host: '::1', port: null },
      ],
    ],
    ['', []],
  ])('reads controllers from %j', (text, controllers) => {
    expect(controllersOf(text)).toEqual(controllers);
    expect(errorsOf({ controllers: text })).toEqual([]);
  });

  it.each([
    [{ controllers: 'dc1:0' }, 'controllers'],
    [{ controllers: 'dc1:port' }, 'controllers'],
    [{ controllers: 'ldap://dc1' }, 'controllers'],
    [{ controllers: Array.from({ length: 21 }, (_, i) => `dc${i}`).join(' ') }, 'controllers'],
    [{ domain: 'corp example' }, 'domain'],
    [{ domain: '*)(objectClass=*' }, 'domain'],
    [{ pageSize: '5' }, 'pageSize'],
    [{ pageSize: '1e3' }, 'pageSize'],
    [{ transport: 'plain' as const }, 'plainAccepted'],
  ])('refuses %j', (change, field) => {
    expect(errorsOf(change)).toEqual([field]);
    expect(validate({ ...filled, ...change }, 'none', []).value).toBeNull();
  });

  it('goes without encryption only when that was accepted, and forgets it with the choice', () => {
    const plain = { ...filled, transport: 'plain' as const, plainAccepted: true };
    expect(validate(plain, 'none', []).value?.fields).toMatchObject({
      transport: 'plain',
      plainAccepted: true,
    });
    expect(validate({ ...plain, transport: 'startTls' }, 'none', []).value?.fields.plainAccepted).toBe(false);
  });

  it('keeps the password only for the place that it was entered for', () => {
    const profile = directoryProfile();
    const draft = draftOf(profile);
    expect(savedPassword(draft, profile, false)).toBe('kept');
    expect(savedPassword(draft, profile, true)).toBe('missing');
    expect(savedPassword({ ...draft, transport: 'startTls', watch: 'close' }, profile, false)).toBe('kept');
    for (const change of [
      { bindUser: 'other@corp.example' },
      { controllers: 'evil.example' },
      { transport: 'plain' as const },
      { domain: 'other.example' },
      { tunnel: profile.id },
    ])
      expect(savedPassword({ ...draft, ...change }, profile, false)).toBe('placeChanged');
    expect(validate(draft, 'kept', []).value?.password).toBeNull();
    expect(validate(draft, 'placeChanged', []).value).toBeNull();
    expect(validate(draft, 'missing', []).warnings).toHaveProperty('password');
  });

  it('says when another directory has the name or the domain', () => {
    const { warnings, value } = validate(filled, 'none', [{ name: 'Corp.Example', domain: 'CORP.example' }]);
    expect(Object.keys(warnings).sort()).toEqual(['domain', 'name']);
    expect(value).not.toBeNull();
  });

  it('comes back as it was saved', () => {
    const profile = directoryProfile({
      controllers: [
        { host: '2001:db8::7', port: 636 },
        { host: 'dc2', port: null },
      ],
    });
    const draft = draftOf(profile);
    expect(validate(draft, 'kept', []).value?.fields.controllers).toEqual(profile.controllers);
    expect(isChanged(draft, draftOf(profile))).toBe(false);
  });
});
