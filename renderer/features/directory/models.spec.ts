import { describe, expect, it } from 'vitest';
import { accountView, idOf, instanceView, NOW, profileOf } from '../../testing/fixtures';
import { isNamed, validity } from './certificate-model';
import {
  directoryOf,
  firstDirectory,
  nextOf,
  seenAt,
  shownAccount,
  shownDirectory,
  shownRow,
} from './directory-model';
import { certificate, controllerRow, directoryAccount, directoryProfile, directoryView } from './testing';

const fresh = { nowMs: NOW, staleAfterSeconds: 60, windowStale: false };
const later = { ...fresh, nowMs: NOW + 120_000 };

describe('what is shown of a domain', () => {
  const view = directoryView({ checkedAtMs: NOW });
  const clear = directoryAccount('anna', { readAtMs: NOW });

  it('is never clear when it is not freshly known', () => {
    expect(shownDirectory(view, fresh).status).toBe('clear');
    expect(shownDirectory(view, later)).toMatchObject({ status: 'unknown', lastKnown: 'clear' });
    expect(shownDirectory(view, { ...fresh, windowStale: true }).status).toBe('unknown');
    expect(shownDirectory(undefined, fresh).status).toBe('unknown');
    expect(shownRow(controllerRow('dc1', { status: 'clear', readAtMs: NOW }), later).status).toBe('unknown');
    expect(shownRow(controllerRow('dc1', { status: 'clear', readAtMs: null }), fresh).status).toBe('unknown');
  });

  it('takes an account for known as long as a reading of it or of the domain counts', () => {
    const old = { ...clear, readAtMs: NOW - 1e9 };
    expect(shownAccount(old, view, fresh).status).toBe('clear');
    expect(shownAccount(old, view, later).status).toBe('unknown');
    const slept = directoryView({
      checkedAtMs: NOW,
      status: 'unknown',
      reason: { key: 'directory.reason.stale', params: {} },
    });
    expect(shownAccount(old, slept, fresh).status).toBe('unknown');
    expect(shownAccount(clear, slept, fresh).status).toBe('clear');
  });

  it('says what happens next only while it is known', () => {
    const locked = directoryAccount('anna', { status: 'locked', autoUnlockAtMs: NOW + 1, readAtMs: NOW });
    expect(nextOf(locked, shownAccount(locked, view, fresh))).toMatchObject({ kind: 'unlocks' });
    expect(nextOf(locked, shownAccount(locked, view, later))).toBeNull();
  });
});

describe('accounts of a domain at instances', () => {
  const domain = { netbiosName: 'CORP', dnsDomain: 'corp.example', sid: 'S-1-5-21-1-2-3' };
  const account = directoryAccount('anna', { key: 'S-1-5-21-1-2-3-1105' });
  const fleetOf = (...rows: ReturnType<typeof accountView>[]) => ({
    [idOf(1)]: instanceView(1, { accounts: rows }),
  });
  const profiles = { [idOf(1)]: profileOf(1) };

  it('are found by SID, and by name only where there is no SID', () => {
    const row = { domain: 'corp', authority: 'elsewhere' } as const;
    expect(seenAt(account, domain, fleetOf(accountView('ANNA', row)), profiles)).toEqual([
      { id: idOf(1), name: 'host-1', accountKey: 'anna' },
    ]);
    expect(
      seenAt(account, domain, fleetOf(accountView('Anna', { ...row, sid: 'S-1-5-21-1-2-3-1106' })), profiles),
    ).toEqual([]);
    expect(
      seenAt(account, domain, fleetOf(accountView('x', { ...row, sid: 'S-1-5-21-1-2-3-1105' })), profiles),
    ).toHaveLength(1);
    expect(seenAt(account, domain, fleetOf(accountView('anna')), profiles)).toEqual([]);
    const atController = accountView('anna', { sid: 'S-1-5-21-1-2-3-1105' });
    expect(seenAt(account, domain, fleetOf(atController), profiles)).toHaveLength(1);
    expect(
      seenAt(account, domain, fleetOf(accountView('anna', { ...row, domain: 'OTHER' })), profiles),
    ).toEqual([]);
  });

  it('lead to the directory of their domain', () => {
    const views = [directoryView()];
    const of = (domainName: string | null) =>
      directoryOf({ authority: 'elsewhere', domain: domainName, sid: null }, [directoryProfile()], views)
        ?.name;
    expect(of('CORP')).toBe('Head office');
    expect(of('Corp.Example')).toBe('Head office');
    expect(of('SHOP')).toBeUndefined();
    expect(of(null)).toBeUndefined();
    const own = (sid: string) =>
      directoryOf({ authority: 'local', domain: 'CORP', sid }, [directoryProfile()], views)?.name;
    expect(own('S-1-5-21-9-9-9-1105')).toBeUndefined();
    // A domain controller keeps the domain's accounts as its own.
    expect(own('S-1-5-21-1-2-3-1105')).toBe('Head office');
  });

  it('begin with the directory that is worst off', () => {
    const [a, b] = [
      directoryProfile({ id: idOf(1), name: 'A' }),
      directoryProfile({ id: idOf(2), name: 'B' }),
    ];
    expect(firstDirectory([a, b], [])).toBe(a.id);
    const views = [directoryView({ id: a.id }), directoryView({ id: b.id, status: 'locked' })];
    expect(firstDirectory([a, b], views)).toBe(b.id);
  });
});

describe('a certificate', () => {
  it('is valid between its times', () => {
    expect(validity(certificate(), NOW)).toBe('valid');
    expect(validity(certificate({ validToMs: NOW - 1 }), NOW)).toBe('expired');
    expect(validity(certificate({ validFromMs: NOW + 1 }), NOW)).toBe('notYet');
    expect(validity(certificate({ validFromMs: null }), NOW)).toBeNull();
  });
  it('names its controller in full or under a wildcard', () => {
    expect(isNamed('DC1.corp.example', ['DNS:dc1.corp.example'])).toBe(true);
    expect(isNamed('dc1.corp.example', ['DNS:*.corp.example'])).toBe(true);
    expect(isNamed('dc1.sub.corp.example', ['DNS:*.corp.example'])).toBe(false);
    expect(isNamed('192.0.2.7', ['IP Address:192.0.2.7'])).toBe(true);
    expect(isNamed('dc2', ['DNS:dc1'])).toBe(false);
  });
});
