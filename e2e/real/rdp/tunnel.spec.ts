import { afterEach, describe, expect, it } from 'vitest';
import { openForward } from '../../../electron/sources/ssh/forward';
import { probeThroughTunnel } from '../../../electron/unlock/rdp/probe/through-tunnel';
import type { Look } from '../../../electron/unlock/rdp/rdp-service';
import { optionsAt } from '../ssh/options';
import { type Sshd, startSshd } from '../ssh/sshd';
import { lookerAt, tools } from './look';
import { freePort, startXrdp } from './servers';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of endings.splice(0).reverse()) await stop();
});

/** Looks as the evidence process does, through the tunnel of a real sshd. */
const through =
  (sshd: Sshd): Look =>
  (profile, _via, offer, _onStep, signal) =>
    probeThroughTunnel(
      (place, ended) => openForward(optionsAt(sshd), place, ended),
      profile.rdpPort,
      offer,
      tools,
      signal,
    );

describe('the probe through OpenSSH', () => {
  it('finds xrdp as the instance itself sees it, and the port that nobody serves', async () => {
    const sshd = await startSshd({ forwarding: true });
    endings.push(() => sshd.dispose());
    const xrdp = await startXrdp({ security: 'tls' });
    endings.push(() => xrdp.stop());
    const proof = await (await lookerAt(xrdp.port, { look: through(sshd) })).probe('tunnel');
    expect(proof).toMatchObject({
      verdict: 'rdpWithoutNla',
      host: '127.0.0.1',
      security: 'tls',
      certificate: { subject: 'CN=xrdp.test' },
      roundTripMs: null,
    });
    expect(proof.steps.map(({ step }) => step)).toEqual(['tunnel', 'negotiate', 'encrypt']);
    const none = await (await lookerAt(await freePort(), { look: through(sshd) })).probe('tunnel');
    expect(none).toMatchObject({ verdict: 'noService', reasons: [{ key: 'rdp.reason.refused.tunnel' }] });
  });

  it('says nothing of Remote Desktop when sshd permits no tunnels or is gone', async () => {
    const sshd = await startSshd({ forwarding: false });
    endings.push(() => sshd.dispose());
    const looker = await lookerAt(3389, { look: through(sshd) });
    expect(await looker.probe('tunnel')).toMatchObject({
      verdict: 'unreachable',
      error: { code: 'ssh.forwardRefused' },
    });
    await sshd.stop();
    // Nobody took the SSH connection: that says nothing of the port behind it.
    expect(await looker.probe('tunnel')).toMatchObject({
      verdict: 'unreachable',
      reasons: [{ key: 'rdp.reason.noTunnel' }],
    });
  });
});
