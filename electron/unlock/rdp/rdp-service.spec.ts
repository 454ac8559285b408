import { describe, expect, it, vi } from 'vitest';
import { appError } from '../../../shared/errors';
import type { IsolationView } from '../../../shared/isolation';
import type { RdpProof, RdpRun } from '../../../shared/rdp';
import { err, ok, type Result } from '../../../shared/result';
import { createMemoryFiles } from '../../profiles/testing/memory-files';
import { sampleId, sampleProfile } from '../../profiles/testing/sample-profile';
import { createUnlockFacts, type UnlockFact } from '../facts';
import { createCertificateStore } from './certificate-store';
import { createRdpService, type Look } from './rdp-service';
import type { Findings } from './rules/findings';
import type { RdpOffer } from './rules/x224';

const print = (letter: string): string => Array.from({ length: 32 }, () => letter.repeat(2)).join(':');
const id = sampleId(1);
const NOW = 1_800_000_000_000;

const found = (change: Partial<Findings> = {}): Findings => ({
  steps: [{ step: 'connect', passed: true, ms: 10 }],
  roundTripMs: 10,
  families: ['ipv4'],
  talk: { kind: 'confirm', security: 'nla' },
  certificate: {
    fingerprint: print('A'),
    subject: 'CN=WEB01',
    issuer: 'CN=WEB01',
    selfSigned: true,
    validFromMs: NOW - 1,
    validToMs: NOW + 1,
  },
  error: null,
  ...change,
});
const seen = (letter: string): Findings =>
  found({
    certificate: {
      ...(found().certificate as NonNullable<Findings['certificate']>),
      fingerprint: print(letter),
    },
  });
const dropped = found({
  steps: [{ step: 'tunnel', passed: true, ms: 1 }],
  talk: null,
  certificate: null,
  roundTripMs: null,
  error: appError('net.timeout'),
});
const closed = {
  state: 'isolated',
  readError: null,
  exposure: { verdict: 'closed' },
} as unknown as IsolationView;

async function setUp(answers: readonly Findings[], isolation?: IsolationView) {
  const certificates = createCertificateStore({
    path: '/c.json',
    files: createMemoryFiles(),
    now: () => NOW,
  });
  await certificates.start();
  const noted: UnlockFact[] = [];
  const facts = createUnlockFacts();
  facts.onFact((fact) => noted.push(fact));
  const left = [...answers];
  const offers: RdpOffer[] = [];
  const weak: { answer: Result<Findings> } = {
    answer: ok(found({ talk: { kind: 'refused', failure: 'nlaRequired', code: 5 }, certificate: null })),
  };
  let state: { proofs: RdpProof[]; runs: RdpRun[] } = { proofs: [], runs: [] };
  let profiles = [sampleProfile(1, { rdpHost: 'rdp.example.com' }), sampleProfile(2)];
  const look = vi.fn<Look>(async (_profile, _via, offer, onStep) => {
    offers.push(offer);
    onStep('negotiate');
    if (offer === 'tlsOnly') return weak.answer;
    const next = left.shift();
    return next ? ok(next) : err(appError('app.cancelled'));
  });
  const service = createRdpService({
    profile: (wanted) => profiles.find((one) => one.id === wanted),
    look,
    isolation: () => isolation,
    ownAddresses: () => ({ ipv4: null, ipv6: null }),
    certificates,
    facts,
    admin: () => 'anna',
    now: () => NOW,
    ticks: () => 0,
    onChange: (next) => {
      state = next;
    },
  });
  return {
    service,
    look,
    certificates,
    noted,
    offers,
    weak,
    state: () => state,
    remove: () => {
      profiles = [];
    },
  };
}
const keys = (proof: RdpProof | undefined) => proof?.reasons.map(({ key }) => key);

describe('the proof of Remote Desktop', () => {
  it('is kept, told as a fact, and completed by whether NLA is insisted on', async () => {
    const { service, state, noted, offers } = await setUp([found()]);
    const proof = await service.probe(id, 'here');
    expect(proof).toMatchObject({
      ok: true,
      value: { verdict: 'rdpWithNla', host: 'rdp.example.com', port: 3389, nlaRequired: null },
    });
    expect(noted).toMatchObject([
      {
        kind: 'rdpProbed',
        who: 'anna',
        text: { key: 'rdp.fact.rdpWithNla' },
        proof: { verdict: 'rdpWithNla' },
      },
    ]);
    await vi.waitFor(() => expect(state().proofs[0]?.nlaRequired).toBe(true));
    expect(keys(state().proofs[0])).toContain('rdp.reason.nlaInsisted');
    expect(state().runs).toEqual([]);
    expect(offers).toEqual(['usual', 'tlsOnly']);
  });

  it('leaves open what the second question did not tell', async () => {
    const { service, state, weak, offers } = await setUp([found()]);
    weak.answer = err(appError('app.cancelled'));
    await service.probe(id, 'here');
    await vi.waitFor(() => expect(offers).toHaveLength(2));
    expect(state().proofs[0]?.nlaRequired).toBeNull();
  });

  it('asks no second question where NLA was not chosen', async () => {
    const { service, offers } = await setUp([found({ talk: { kind: 'confirm', security: 'tls' } })]);
    expect(await service.probe(id, 'here')).toMatchObject({ ok: true, value: { verdict: 'rdpWithoutNla' } });
    expect(offers).toEqual(['usual']);
  });

  it('takes silence while isolated for what it should be, but not through the tunnel', async () => {
    const { service, state } = await setUp([dropped, dropped], closed);
    expect(await service.probe(id, 'here')).toMatchObject({
      ok: true,
      value: { verdict: 'closedByRule', reasons: [{ key: 'rdp.reason.closedIsolated' }] },
    });
    expect(await service.probe(id, 'tunnel')).toMatchObject({
      ok: true,
      value: { verdict: 'filtered', host: '127.0.0.1' },
    });
    expect(state().proofs.map(({ via }) => via)).toEqual(['tunnel', 'here']);
  });

  it('rests on no rules that could not be read again', async () => {
    const { service } = await setUp([dropped], { ...closed, readError: appError('cloud.network') });
    expect(await service.probe(id, 'here')).toMatchObject({ ok: true, value: { verdict: 'filtered' } });
  });

  it('says that a certificate changed until the admin accepts it', async () => {
    const { service, state, certificates } = await setUp([seen('A'), seen('B'), seen('B'), seen('B')]);
    await service.probe(id, 'here');
    expect(state().proofs[0]?.certificate).toMatchObject({ firstSeen: true, previousFingerprint: null });
    for (let time = 0; time < 2; time++) {
      const proof = await service.probe(id, 'here');
      expect(proof).toMatchObject({
        ok: true,
        value: {
          certificate: { fingerprint: print('B'), previousFingerprint: print('A'), firstSeen: false },
        },
      });
      expect(keys(proof.ok ? proof.value : undefined)).toContain('rdp.reason.certificateChanged');
    }
    expect(await service.acceptCertificate(id, print('C'))).toMatchObject({ ok: false });
    expect(await service.acceptCertificate(id, print('B'))).toMatchObject({ ok: true });
    expect(certificates.of(id, 'here')).toMatchObject({ fingerprint: print('B'), acceptedBy: 'anna' });
    expect(state().proofs[0]?.certificate?.previousFingerprint).toBeNull();
    expect(keys(state().proofs[0])).not.toContain('rdp.reason.certificateChanged');
    const after = await service.probe(id, 'here');
    expect(after).toMatchObject({ ok: true, value: { certificate: { previousFingerprint: null } } });
  });

  it('says when the instance itself shows another certificate than answers from here', async () => {
    const { service } = await setUp([seen('A'), seen('B')]);
    await service.probe(id, 'tunnel');
    const proof = await service.probe(id, 'here');
    expect(keys(proof.ok ? proof.value : undefined)).toContain('rdp.reason.certificateElsewhere');
  });

  it('is one at a time, shows where it is, and can be called off', async () => {
    const { service, look, state, noted } = await setUp([]);
    look.mockImplementationOnce(
      (_profile, _via, _offer, onStep, signal) =>
        new Promise((resolve) => {
          onStep('encrypt');
          signal.addEventListener('abort', () => resolve(err(appError('app.cancelled'))));
        }),
    );
    const running = service.probe(id, 'here');
    expect(state().runs).toMatchObject([{ instanceId: id, via: 'here', step: 'encrypt' }]);
    expect(await service.probe(id, 'tunnel')).toMatchObject({ ok: false, error: { code: 'app.busy' } });
    service.cancel(id);
    expect(await running).toMatchObject({ ok: false, error: { code: 'app.cancelled' } });
    expect(state()).toEqual({ proofs: [], runs: [] });
    expect(noted).toEqual([]);
    expect(await service.probe(sampleId(9), 'here')).toMatchObject({
      ok: false,
      error: { code: 'app.notFound' },
    });
  });

  it('is gone with its instance', async () => {
    const { service, state, remove } = await setUp([found(), found()]);
    await service.probe(id, 'here');
    service.keepOnly(new Set());
    expect(state().proofs).toEqual([]);
    remove();
    expect((await service.probe(id, 'here')).ok).toBe(false);
  });
});
