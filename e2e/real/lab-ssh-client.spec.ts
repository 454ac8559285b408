import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Estate, startEstate } from '../../electron/lab/estate';

/** Reads UTF-16 event XML with Python's own parser and prints `[[event id, record id, name], ...]`. */
const READ_WITH_PYTHON = `
import json, sys
import xml.etree.ElementTree as E
N = '{http://schemas.microsoft.com/win/2004/08/events/event}'
rows = []
for line in sys.stdin.buffer.read().decode('utf-16-le').split('\\r\\n'):
    if not line: continue
    e = E.fromstring(line)
    s = e.find(N + 'System')
    name = [d.text for d in e.iter(N + 'Data') if d.get('Name') == 'TargetUserName']
    rows.append([int(s.find(N + 'EventID').text), int(s.find(N + 'EventRecordID').text), name[0] if name else None])
print(json.dumps(rows))
`;

interface Ended {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number;
}

function run(program: string, args: readonly string[], input?: Buffer): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const options = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const;
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ stdout, stderr: stderr.toString('utf8'), code });
      else reject(error);
    });
    child.stdin?.end(input);
  });
}

let dataDir = '';
let estate: Estate;

/** Debian's OpenSSH client with the practice key, checking the host key against the one the lab tells. */
async function ssh(name: string, command: string): Promise<Ended> {
  const endpoint = estate.endpoints().find((one) => one.name === name);
  if (!endpoint) throw new Error(name);
  const options = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'StrictHostKeyChecking=accept-new',
    `UserKnownHostsFile=${join(dataDir, 'known_hosts')}`,
    'GlobalKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ];
  const args = ['-F', '/dev/null', ...options.flatMap((option) => ['-o', option])];
  return run('ssh', [
    ...args,
    '-i',
    endpoint.privateKeyPath,
    '-p',
    String(endpoint.port),
    `${endpoint.user}@127.0.0.1`,
    command,
  ]);
}

describe('the practice lab, asked by the OpenSSH client', () => {
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'lockwatch-lab-client-'));
    estate = await startEstate({ dataDir });
  });
  afterAll(async () => {
    await estate.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('tells how many records a channel holds', async () => {
    const { stdout, code } = await ssh('db-03', 'wevtutil gli Security');
    const held = estate.instance('db-03').windows.log('Security')?.events() ?? [];
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`numberOfLogRecords: ${held.length}\r\n`);
    expect(stdout.toString()).toContain(`oldestRecordNumber: ${held[0]?.recordId}\r\n`);
  });

  for (const name of ['web-01', 'app-02', 'ssh-04']) {
    test(`prints every event of ${name} in XML that Python reads`, async () => {
      const query = '"/q:*[System[(EventID=4625 or EventID=4740 or EventID=4624 or EventID=4776)]]"';
      const { stdout, code } = await ssh(name, `wevtutil qe Security ${query} /f:xml /uni:true /c:100000`);
      expect(code).toBe(0);
      const read = await run('python3', ['-c', READ_WITH_PYTHON], stdout);
      const held = estate.instance(name).windows.log('Security')?.events() ?? [];
      const last = held.findLastIndex((event) => event.recordId === lastRecordId(read.stdout));
      expect(JSON.parse(read.stdout.toString())).toEqual(
        held
          .slice(0, last + 1)
          .map((event) => [event.eventId, event.recordId, event.data.TargetUserName ?? null]),
      );
    });
  }

  test('answers a query for newer records with just those', async () => {
    const held = estate.instance('web-01').windows.log('Security')?.events() ?? [];
    const after = held.at(-11)?.recordId ?? 0;
    const query = `"/q:*[System[EventRecordID>${after}]]"`;
    const { stdout } = await ssh('web-01', `wevtutil qe Security ${query} /f:xml /uni:true /c:500`);
    const read = await run('python3', ['-c', READ_WITH_PYTHON], stdout);
    const ids = (JSON.parse(read.stdout.toString()) as [number, number][]).map(([, recordId]) => recordId);
    expect(ids.slice(0, 10)).toEqual(held.slice(-10).map((event) => event.recordId));
  });

  test('refuses what Windows would refuse', async () => {
    // The client shows the lowest byte of an exit code: 15007 is 159.
    expect(await ssh('web-01', 'wevtutil gli Nope')).toMatchObject({ code: 15_007 & 255 });
    const unknown = await ssh('web-01', 'uname -a');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("'uname' is not recognized as an internal or external command,");
    expect((await ssh('ssh-04', 'uname -a')).stderr).toContain("The term 'uname' is not recognized");
  });

  test('opens no terminal', async () => {
    const { stdout, code } = await ssh('web-01', '');
    expect(code).toBe(1);
    expect(stdout.toString()).toContain('practice instance');
  });
});

function lastRecordId(rows: Buffer): number | undefined {
  return (JSON.parse(rows.toString()) as [number, number][]).at(-1)?.[1];
}
