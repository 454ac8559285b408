import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LabEndpoint, LabTrigger } from '../../shared/lab';
import { type Estate, startEstate } from './estate';
import { ask, leave } from './testing/client';

let dataDir = '';
let estate: Estate;

const endpoint = (name: string): LabEndpoint => {
  const found = estate.endpoints().find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};
const trigger = (value: LabTrigger) => estate.trigger(value);
const instance = 'web-01';
const QUERY = 'wevtutil qe Security "/q:*[System[(EventID=4625)]]" /f:xml /uni:true';

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-lab-ssh-'));
  estate = await startEstate({ dataDir });
});
afterAll(async () => {
  await estate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(async () => {
  await trigger({ kind: 'recover', instance });
  await trigger({ kind: 'comeUp', instance });
});

describe('the SSH server of a practice instance', () => {
  it('takes the practice key and answers a query in full', async () => {
    const { stdout, code, fingerprint } = await ask(endpoint(instance), QUERY);
    expect(code).toBe(0);
    expect(fingerprint).toBe(endpoint(instance).hostKeyFingerprint);
    const stored = estate.instance(instance).windows.log('Security')?.events() ?? [];
    const expected = stored.filter((event) => event.eventId === 4625).map((event) => `${event.xml}\r\n`);
    expect(stdout.toString('utf16le')).toBe(expected.join(''));
  });

  it('hands over exit codes and standard error', async () => {
    const { code, stderr } = await ask(endpoint(instance), 'wevtutil gli Nope');
    expect([code, stderr]).toEqual([15007, 'The specified channel could not be found.\r\n']);
  });

  it('takes the right password; a wrong one counts, and its address stands in the OpenSSH log alone', async () => {
    const db = endpoint('db-03');
    await ask(db, 'hostname', { password: db.password });
    await expect(ask(db, 'hostname', { password: 'wrong' })).rejects.toThrow(/authentication/i);
    const { windows } = estate.instance('db-03');
    expect(windows.sam.find('watcher')?.badPasswordCount).toBe(1);
    const failure = windows
      .log('Security')
      ?.events()
      .findLast((event) => event.eventId === 4625);
    expect(failure?.data).toMatchObject({ LogonType: '8', IpAddress: '-', TargetUserName: 'watcher' });
    const lines = windows.log('OpenSSH/Operational')?.events() ?? [];
    expect(lines.at(-1)?.data.payload).toMatch(
      /^Failed password for watcher from 127\.0\.0\.1 port \d+ ssh2$/,
    );
  });

  it('refuses passwords and keys when told to', async () => {
    await trigger({ kind: 'refusePassword', instance });
    await trigger({ kind: 'refuseKey', instance });
    const web = endpoint(instance);
    await expect(ask(web, 'hostname', { password: web.password })).rejects.toThrow(/authentication/i);
    await expect(ask(web, 'hostname')).rejects.toThrow(/authentication/i);
  });

  it('ends the connection in the middle of an answer', async () => {
    await trigger({ kind: 'dropMidAnswer', instance, afterBytes: 1001 });
    await expect(ask(endpoint(instance), QUERY)).rejects.toThrow(/closed|reset/i);
  });

  it('shows another host key after a change', async () => {
    const before = endpoint(instance).hostKeyFingerprint;
    await trigger({ kind: 'changeHostKey', instance });
    const { fingerprint } = await ask(endpoint(instance), 'hostname');
    expect(fingerprint).not.toBe(before);
  });

  it('accepts and says nothing while it hangs', async () => {
    await trigger({ kind: 'hang', instance, at: 'banner' });
    const socket = connect(endpoint(instance).port, '127.0.0.1');
    let said = 0;
    socket.on('data', (part) => {
      said += part.length;
    });
    await new Promise((resolve) => socket.once('connect', resolve));
    // Another connection to another instance makes a whole round trip meanwhile.
    await ask(endpoint('db-03'), 'hostname');
    expect(said).toBe(0);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await trigger({ kind: 'dropConnections', instance });
    await closed;
  });

  it('goes down and comes up on the same port', async () => {
    const { port } = endpoint(instance);
    await trigger({ kind: 'goDown', instance });
    await expect(ask(endpoint(instance), 'hostname')).rejects.toThrow(/ECONNREFUSED/);
    await trigger({ kind: 'comeUp', instance });
    expect(endpoint(instance).port).toBe(port);
    expect((await ask(endpoint(instance), 'hostname')).stdout.toString()).toBe('LAB-WEB-01\r\n');
  });

  it('hands over a 10 MB event and broken records as they are', async () => {
    await trigger({ kind: 'brokenRecords', instance });
    await trigger({ kind: 'hugeEvent', instance, bytes: 10 * 1024 * 1024 });
    const { stdout } = await ask(endpoint(instance), 'wevtutil qe Security /rd:true /c:5 /uni:true');
    expect(stdout.length).toBeGreaterThan(20 * 1024 * 1024);
    expect(stdout.toString('utf16le').match(/<Event /g)).toHaveLength(5);
  });

  it('survives clients that leave before and in the middle of an answer', async () => {
    const { server } = estate.instance(instance);
    const web = endpoint(instance);
    await trigger({ kind: 'hugeEvent', instance, bytes: 4 * 1024 * 1024 });
    const five = (when: 'before' | 'during') =>
      Promise.all(Array.from({ length: 5 }, () => leave(web, 'wevtutil qe Security /uni:true', when)));
    await five('during');
    server.faults.answerDelayMs = 20;
    await five('before');
    server.faults.answerDelayMs = 0;
    expect((await ask(web, 'hostname')).code).toBe(0);
  });

  it('refuses what is not SSH and goes on', async () => {
    const socket = connect(endpoint(instance).port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await closed;
    expect((await ask(endpoint(instance), 'hostname')).code).toBe(0);
  });
});
