import { describe, expect, it } from 'vitest';
import { profileFieldsSchema } from '../../../shared/instance';
import { profileOf } from '../../testing/fixtures';
import {
  draftOf,
  emptyDraft,
  emptyEndpoint,
  endpointsBefore,
  isChanged,
  type ProfileDraft,
  savedSecret,
} from './draft';
import { splitTags, validate } from './validate';

const good: ProfileDraft = {
  ...emptyDraft,
  name: ' web-01 ',
  ssh: { ...emptyDraft.ssh, host: 'web-01.example', secret: 'correct horse' },
};
const check = (draft: ProfileDraft, names: string[] = []) => validate(draft, () => 'none', new Set(names));
const keys = (draft: ProfileDraft): Record<string, string> =>
  Object.fromEntries(Object.entries(check(draft).errors).map(([field, phrase]) => [field, phrase.key]));

describe('validate', () => {
  it('gives trimmed fields and the typed secret', () => {
    const { value, errors } = check({ ...good, tags: 'rdp, eu ,rdp,' });
    expect(errors).toEqual({});
    expect(value?.fields).toMatchObject({ name: 'web-01', tags: ['rdp', 'eu'], rdpPort: 3389, cloud: null });
    expect(value?.secrets).toEqual({ instance: 'correct horse' });
  });

  it('names every field that is not filled in', () => {
    expect(keys(emptyDraft)).toEqual({
      name: 'profile.error.required',
      'ssh.host': 'profile.error.required',
      'ssh.secret': 'profile.error.secret',
    });
  });

  it.each(['', '0', '65536', '22a', '-1', '2 2', '1e3'])('refuses the port %j', (port) => {
    expect(keys({ ...good, ssh: { ...good.ssh, port } })).toEqual({ 'ssh.port': 'profile.error.port' });
    expect(keys({ ...good, rdpPort: port })).toEqual({ rdpPort: 'profile.error.port' });
  });

  it.each(['user@host', 'ssh://host', 'two words', 'a/b'])('refuses the host %j', (host) => {
    expect(keys({ ...good, ssh: { ...good.ssh, host } })).toEqual({ 'ssh.host': 'profile.error.host' });
  });

  it('says how long a text may be', () => {
    const { errors } = check({ ...good, name: 'x'.repeat(121) });
    expect(errors.name).toEqual({ key: 'profile.error.tooLong', params: { max: 120 } });
    expect(keys({ ...good, tags: 'y'.repeat(41) })).toEqual({ tags: 'profile.error.tags.long' });
    const many = Array.from({ length: 21 }, (_, index) => `t${index}`).join(',');
    expect(keys({ ...good, tags: many })).toEqual({ tags: 'profile.error.tags.many' });
  });

  it('keeps the VNC server, if there is one', () => {
    expect(check(good).value?.fields.vnc).toBeUndefined();
    const vnc = { ...good, vncHost: ' pve ', vncPort: '5901', vncVia: 'ssh' } as const;
    expect(check(vnc).value?.fields.vnc).toEqual({ host: 'pve', port: 5901, via: 'ssh' });
    const fields = check(vnc).value?.fields;
    expect(fields && draftOf(fields)).toMatchObject({ vncHost: 'pve', vncPort: '5901', vncVia: 'ssh' });
    expect(keys({ ...vnc, vncHost: 'a/b', vncPort: '0' })).toEqual({
      vncHost: 'profile.error.host',
      vncPort: 'profile.error.port',
    });
    expect(keys({ ...vnc, vncVia: 'jumpHost' })).toEqual({ vncVia: 'profile.error.vncJumpHost' });
  });

  it('asks for the key file and for the instance id of a cloud', () => {
    expect(keys({ ...good, ssh: { ...good.ssh, auth: 'key', keyPath: ' ' } })).toEqual({
      'ssh.keyPath': 'profile.error.required',
    });
    expect(keys({ ...good, cloudProvider: 'aws' })).toEqual({ cloudInstanceId: 'profile.error.required' });
  });

  it('puts errors of a jump host beside that jump host', () => {
    const jump = { ...emptyEndpoint(7, 'ops'), host: 'jump.example', auth: 'password' as const };
    expect(keys({ ...good, jumpHosts: [{ ...jump, auth: 'agent' }, jump] })).toEqual({
      'jumpHosts.1.secret': 'profile.error.secret',
    });
  });

  it('sends no secret of an endpoint that needs none', () => {
    const draft: ProfileDraft = { ...good, ssh: { ...good.ssh, auth: 'agent' } };
    expect(check(draft).value?.secrets).toEqual({});
  });

  it('keeps a saved secret without typing, and only warns when the vault lost it', () => {
    const draft: ProfileDraft = { ...good, ssh: { ...good.ssh, secret: '' } };
    expect(validate(draft, () => 'saved', new Set()).value?.secrets).toEqual({});
    const lost = validate(draft, () => 'missing', new Set());
    expect(lost.value).not.toBeNull();
    expect(lost.warnings['ssh.secret']?.key).toBe('profile.error.secret');
    expect(validate(draft, () => 'endpointChanged', new Set()).value).toBeNull();
  });

  it('warns of a second instance of the same name', () => {
    const twice = check(good, ['web-01']);
    expect(twice.warnings.name?.key).toBe('profile.error.nameTaken');
    expect(twice.value).not.toBeNull();
  });
});

describe('savedSecret', () => {
  const profile = profileOf(1);
  const draft = draftOf(profile);
  const saved = { instance: 'saved' } as const;

  it('is kept for the endpoint it was entered for', () => {
    expect(savedSecret(draft.ssh, 'instance', profile, saved, false, [])).toBe('saved');
    expect(savedSecret(draft.ssh, 'instance', profile, saved, true, [])).toBe('copied');
    expect(savedSecret(draft.ssh, 'instance', profile, {}, false, [])).toBe('none');
  });

  it.each([
    { host: 'evil.example' },
    { port: '2222' },
    { user: 'other' },
    { auth: 'key', keyEncrypted: true } as const,
  ])('is never sent elsewhere: %j', (change) => {
    expect(savedSecret({ ...draft.ssh, ...change }, 'instance', profile, saved, false, [])).toBe(
      'endpointChanged',
    );
  });

  it('does not move along when a jump host before it is removed', () => {
    const jump = (host: string) => ({
      host,
      port: 22,
      user: 'ops',
      authentication: { kind: 'password' } as const,
    });
    const chained = profileOf(1, { jumpHosts: [jump('one'), jump('two')] });
    const form = draftOf(chained);
    const second = form.jumpHosts[1];
    const one = endpointsBefore(form, 'jump1');
    if (!second) throw new Error('no jump host');
    const states = { jump0: 'saved', jump1: 'saved' } as const;
    expect(savedSecret(second, 'jump1', chained, states, false, one)).toBe('saved');
    expect(savedSecret(second, 'jump0', chained, states, false, [])).toBe('endpointChanged');
  });
});

describe('the way to a saved secret', () => {
  const profile = profileOf(1, {
    jumpHosts: [{ host: 'jump', port: 22, user: 'ops', authentication: { kind: 'agent' } }],
  });
  const draft = draftOf(profile);
  const [jump = emptyEndpoint(9)] = draft.jumpHosts;
  const byWay = (jumpHosts: ProfileDraft['jumpHosts']) =>
    savedSecret(
      draft.ssh,
      'instance',
      profile,
      { instance: 'saved' },
      false,
      endpointsBefore({ ...draft, jumpHosts }, 'instance'),
    );

  it('has to stay the same: the same address behind another jump host is another machine', () => {
    expect(byWay([{ ...jump, host: 'JUMP', user: 'other' }])).toBe('saved');
    expect(byWay([{ ...jump, host: 'elsewhere' }])).toBe('endpointChanged');
    expect(byWay([])).toBe('endpointChanged');
    expect(byWay([emptyEndpoint(9), jump])).toBe('endpointChanged');
  });
});

describe('drafts', () => {
  it('turn back into the fields they came from', () => {
    const profile = profileOf(3, {
      tags: ['a', 'b'],
      ssh: {
        host: 'h',
        port: 2022,
        user: 'u',
        authentication: { kind: 'key', path: '~/.ssh/k', encrypted: true },
      },
      jumpHosts: [{ host: 'j', port: 22, user: 'o', authentication: { kind: 'agent' } }],
      cloud: { provider: 'aliyun', region: 'eu-central-1', instanceId: 'i-1' },
      membership: 'domain',
      watch: 'close',
    });
    const { value } = validate(draftOf(profile), () => 'saved', new Set());
    expect(value?.fields).toEqual(profileFieldsSchema.parse(profile));
  });

  it('know whether anything would be lost', () => {
    const draft = draftOf(profileOf(1));
    expect(isChanged({ ...draft }, draft)).toBe(false);
    expect(isChanged({ ...draft, ssh: { ...draft.ssh, secret: 'x' } }, draft)).toBe(true);
  });

  it('split tags at commas', () => expect(splitTags(' a, ,b,a')).toEqual(['a', 'b']));
});
