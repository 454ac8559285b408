import { describe, expect, it } from 'vitest';
import type { ConsolePageInfo } from '../../shared/console';
import { appError } from '../../shared/errors';
import { createTranslator } from '../../shared/messages/format';
import { type EndFacts, type EndReason, endReason } from './end-reason';
import { endText } from './words';

const facts = (change: Partial<EndFacts>): EndFacts => ({
  byUser: false,
  link: undefined,
  securityFailure: undefined,
  silentSeconds: null,
  speaks: 'rfb',
  offered: [2],
  connected: false,
  ...change,
});
const refused = appError('net.refused', { host: 'pve', port: 5900 });

describe('why a console ended', () => {
  it.each<[string, Partial<EndFacts>, EndReason]>([
    ['the admin', { byUser: true, link: { error: refused } }, { kind: 'byUser' }],
    [
      'a wrong password, though the server then hung up',
      { securityFailure: { reason: 'Authentication failure' }, link: { error: null } },
      { kind: 'refused', reason: 'Authentication failure' },
    ],
    ['something else on the port', { speaks: 'other', offered: [] }, { kind: 'notVnc' }],
    ['ways to sign in that are not spoken', { offered: [18, 129] }, { kind: 'security', types: [18, 129] }],
    ['VeNCrypt alone, with TLS inside', { offered: [19] }, { kind: 'security', types: [19] }],
    ['silence', { silentSeconds: 20, speaks: 'nothing', offered: [] }, { kind: 'silent', seconds: 20 }],
    ['nothing below', { link: 'gone' }, { kind: 'gone' }],
    ['no way there', { link: { error: refused }, speaks: 'nothing' }, { kind: 'error', error: refused }],
    ['the server, in the middle', { link: { error: null }, connected: true }, { kind: 'byServer' }],
    ['the server, before it began', { link: { error: null } }, { kind: 'protocol' }],
    ['what cannot be understood', { connected: true }, { kind: 'protocol' }],
  ])('%s', (_name, change, reason) => {
    expect(endReason(facts(change))).toEqual(reason);
  });

  it('is said in a sentence of its own', () => {
    const t = createTranslator('en');
    const info: ConsolePageInfo = {
      name: 'web-01',
      vnc: { host: 'pve', port: 5900, via: 'direct' },
      exposed: true,
      practice: false,
      language: 'en',
    };
    const whys: EndReason[] = [
      { kind: 'error', error: refused },
      { kind: 'refused', reason: '' },
      { kind: 'refused', reason: 'Authentication failure' },
      { kind: 'security', types: [19, 250] },
      { kind: 'silent', seconds: 20 },
      { kind: 'byServer' },
      { kind: 'byUser' },
      { kind: 'gone' },
      { kind: 'notVnc' },
      { kind: 'protocol' },
    ];
    const sentences = whys.map((why) => endText(t, why, info));
    expect(new Set(sentences).size).toBe(whys.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(/[{}]|console\.page/);
    }
    expect(sentences[0]).toContain('no VNC server listens there');
    const onTheWay = appError('net.refused', { host: 'jump', port: 22 });
    expect(endText(t, { kind: 'error', error: onTheWay }, info)).toContain('OpenSSH');
    expect(sentences[3]).toContain('VeNCrypt, type 250');
  });
});
