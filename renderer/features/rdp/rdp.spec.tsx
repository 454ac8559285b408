// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import { createTranslator } from '../../../shared/messages/format';
import { type RdpProof, rdpStepNameSchema, rdpVerdictSchema } from '../../../shared/rdp';
import { err, ok } from '../../../shared/result';
import { useUi } from '../../store/ui';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, NOW, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { checkConnect } from './connect-model';
import { RdpDialogs } from './rdp-dialogs';
import { toneOf } from './rdp-model';
import { RdpPanel } from './rdp-panel';

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
});
afterEach(resetWindow);

const print = (pair: string): string => Array.from({ length: 32 }, () => pair).join(':');
const proofOf = (change: Partial<RdpProof> = {}): RdpProof => ({
  instanceId: idOf(1),
  atMs: NOW,
  via: 'here',
  host: '192.0.2.1',
  port: 3390,
  verdict: 'rdpWithNla',
  reasons: [{ key: 'rdp.reason.security.nla', params: {} }],
  security: 'nla',
  nlaRequired: true,
  certificate: {
    fingerprint: print('AA'),
    subject: 'CN=WEB01',
    issuer: 'CN=WEB01',
    selfSigned: true,
    validFromMs: NOW - 1e9,
    validToMs: NOW + 1e9,
    previousFingerprint: null,
    firstSeen: false,
  },
  steps: [
    { step: 'connect', passed: true, ms: 20.44 },
    { step: 'negotiate', passed: true, ms: 21 },
    { step: 'encrypt', passed: true, ms: 22 },
  ],
  roundTripMs: 20.44,
  durationMs: 63,
  error: null,
  ...change,
});
const closed: Partial<RdpProof> = {
  verdict: 'closedByRule',
  reasons: [{ key: 'rdp.reason.closedIsolated', params: {} }],
  security: null,
  nlaRequired: null,
  certificate: null,
  roundTripMs: null,
  steps: [{ step: 'connect', passed: false, ms: 5000 }],
  error: appError('net.timeout'),
};
const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));
const shown = (proofs: RdpProof[]) =>
  renderWindow(<RdpPanel id={idOf(1)} />, { profiles: [profileOf(1)], rdpProofs: proofs });

describe('the panel of Remote Desktop', () => {
  it('says what was proved, with steps, times and certificate, from here and through SSH', () => {
    shown([proofOf(closed), proofOf({ via: 'tunnel', roundTripMs: null })]);
    const [here, tunnel] = screen.getAllByRole('article');
    expect(here?.textContent).toContain('Closed by the security groups');
    expect(here?.textContent).toContain('that is as it should be');
    expect(here?.dataset.tone).toBe('good');
    expect(here?.textContent).not.toContain('error');
    expect(tunnel?.textContent).toContain('with Network Level Authentication');
    expect(tunnel?.textContent).toContain(print('AA'));
    expect(tunnel?.textContent).toContain('the same as last time');
    expect(here?.textContent).toContain('not reached');
  });

  it('probes from here or through SSH, and says why it could not', async () => {
    main.answer('rdp.probe', () => err(appError('app.notFound')));
    shown([]);
    press('Probe from here');
    press('Probe through SSH');
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    expect(main.inputsOf('rdp.probe')).toEqual([
      { id: idOf(1), via: 'here' },
      { id: idOf(1), via: 'tunnel' },
    ]);
  });

  it('shows how far a probe is and calls it off', async () => {
    const run = { instanceId: idOf(1), via: 'here', startedAtMs: NOW, step: 'negotiate' } as const;
    renderWindow(<RdpPanel id={idOf(1)} />, { profiles: [profileOf(1)], rdpRuns: [run] });
    expect(screen.getByText('Asking which security it chooses')).toBeTruthy();
    press('Probe from here');
    expect(main.inputsOf('rdp.probe')).toEqual([]);
    press('Cancel');
    expect(main.inputsOf('rdp.cancel')).toEqual([{ id: idOf(1) }]);
  });

  it('puts a changed certificate beside the one of last time, and accepts it when told to', () => {
    const { certificate } = proofOf();
    if (!certificate) throw new Error('none');
    const changed = proofOf({ certificate: { ...certificate, previousFingerprint: print('BB') } });
    shown([changed]);
    expect(toneOf(changed)).toBe('warning');
    const text = screen.getByRole('article').textContent;
    expect(text).toContain(print('AA'));
    expect(text).toContain(print('BB'));
    press('Accept as the new one');
    expect(main.inputsOf('rdp.acceptCertificate')).toEqual([{ id: idOf(1), fingerprint: print('AA') }]);
  });

  it('has words for every verdict and every step, and shows only what it proved as good', () => {
    const t = createTranslator('en');
    for (const verdict of rdpVerdictSchema.options) {
      expect(t.has(`rdp.verdict.${verdict}`)).toBe(true);
      expect(toneOf(proofOf({ verdict })) === 'good').toBe(['rdpWithNla', 'closedByRule'].includes(verdict));
    }
    for (const step of rdpStepNameSchema.options) {
      expect(t.has(`rdp.step.${step}`) && t.has(`rdp.running.${step}`)).toBe(true);
    }
    expect(toneOf(proofOf({ nlaRequired: false }))).toBe('warning');
    expect(
      toneOf(proofOf({ reasons: [{ key: 'rdp.reason.certificateElsewhere', params: { via: 'here' } }] })),
    ).toBe('warning');
  });
});

describe('the dialogs of Remote Desktop', () => {
  it('probe at once when opened', async () => {
    renderWindow(<RdpDialogs dialog={{ kind: 'probeRdp', id: idOf(1) }} />, { profiles: [profileOf(1)] });
    await waitFor(() => expect(main.inputsOf('rdp.probe')).toEqual([{ id: idOf(1), via: 'here' }]));
    expect(screen.getByText('Does Remote Desktop answer on host-1?')).toBeTruthy();
  });

  it('start the chosen client with what the profile has, and no password', async () => {
    main.answer('rdp.clients', () =>
      ok([
        { id: 'remmina', name: 'Remmina', inTerminal: false },
        { id: 'xfreerdp', name: 'FreeRDP (X11)', inTerminal: true },
      ]),
    );
    const profile = profileOf(1, { rdpUser: 'SHOP\\anna', rdpGateway: 'gw.example.com' });
    renderWindow(<RdpDialogs dialog={{ kind: 'connectRdp', id: idOf(1) }} />, { profiles: [profile] });
    fireEvent.click(await screen.findByRole('radio', { name: 'FreeRDP (X11)' }));
    expect(screen.getByText(/in a terminal window/)).toBeTruthy();
    expect(screen.getByText(/locks the account again/)).toBeTruthy();
    expect(document.querySelector('input[type=password]')).toBeNull();
    press('Connect');
    await waitFor(() =>
      expect(main.inputsOf('rdp.connect')).toEqual([
        {
          id: idOf(1),
          client: 'xfreerdp',
          user: 'SHOP\\anna',
          gateway: 'gw.example.com',
          fullScreen: false,
        },
      ]),
    );
    await waitFor(() => expect(useUi.getState().toasts[0]?.text).toContain('FreeRDP (X11)'));
  });

  it('say when there is no client, and when one does not start', async () => {
    main.answer('rdp.clients', () => ok([]));
    const first = renderWindow(<RdpDialogs dialog={{ kind: 'connectRdp', id: idOf(1) }} />, {
      profiles: [profileOf(1)],
    });
    expect(await screen.findByText(/No Remote Desktop program was found/)).toBeTruthy();
    press('Connect');
    expect(main.inputsOf('rdp.connect')).toEqual([]);
    first.unmount();
    main.answer('rdp.clients', () => ok([{ id: 'mstsc', name: 'mstsc', inTerminal: false }]));
    main.answer('rdp.connect', () => err(appError('rdp.clientFailed', { client: 'mstsc' })));
    renderWindow(<RdpDialogs dialog={{ kind: 'connectRdp', id: idOf(1) }} />, { profiles: [profileOf(1)] });
    await screen.findByRole('radio', { name: 'mstsc' });
    press('Connect');
    expect(await screen.findByText(/mstsc could not be started/)).toBeTruthy();
  });

  it('take names as they are, and nothing that is no name', () => {
    const draft = { client: 'xfreerdp', user: '', gateway: '', fullScreen: true } as const;
    expect(checkConnect(draft).values).toEqual({
      client: 'xfreerdp',
      user: null,
      gateway: null,
      fullScreen: true,
    });
    expect(checkConnect({ ...draft, user: `  /O'Brien "Ä" 管理者 ` }).values?.user).toBe(
      `/O'Brien "Ä" 管理者`,
    );
    expect(checkConnect({ ...draft, user: 'a\nb' })).toMatchObject({ userBroken: true, values: null });
    expect(checkConnect({ ...draft, gateway: '-x' })).toMatchObject({ gatewayBroken: true, values: null });
    expect(checkConnect({ ...draft, client: null }).values).toBeNull();
  });
});
