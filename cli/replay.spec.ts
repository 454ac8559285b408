import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wevtutilEvent } from '../electron/sources/events/testing/make-event';

interface Ran {
  readonly code: number;
  readonly lines: string[];
  readonly said: string;
}

const replay = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const command = ['--import', 'tsx', join(__dirname, 'replay.ts'), ...args];
    const child = execFile(process.execPath, command, (_, stdout, said) => {
      resolve({ code: child.exitCode ?? -1, lines: stdout.split('\n').filter((line) => line !== ''), said });
    });
  });

describe('npm run replay', { timeout: 30_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockwatch-replay-cli-'));
    writeFileSync(join(folder, 'good.xml'), wevtutilEvent({ recordId: 1 }), 'utf16le');
    writeFileSync(join(folder, 'a.evtx'), 'ElfFile\0 and more');
    writeFileSync(join(folder, 'empty.xml'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);

  it('prints one JSON object a file', async () => {
    const ran = await replay(
      path('good.xml'),
      '--threshold',
      '5',
      '--window-minutes',
      '10',
      '--duration-minutes',
      '0',
    );
    expect(ran).toMatchObject({ code: 0, said: '' });
    expect(ran.lines).toHaveLength(1);
    expect(JSON.parse(ran.lines[0] ?? '')).toMatchObject({
      file: path('good.xml'),
      events: 1,
      eventsById: { 4625: 1 },
      failures: { counted: 1 },
      policy: { threshold: 5, windowMinutes: 10, durationMinutes: 0 },
    });
  });

  it('says what is wrong with a file, goes on, and exits with 2', async () => {
    const ran = await replay(path('none.xml'), path('a.evtx'), path('empty.xml'), path('good.xml'));
    expect(ran.code).toBe(2);
    expect(ran.lines.map((line) => JSON.parse(line).events)).toEqual([0, 0, 0, 1]);
    const [missing, binary, empty] = ran.said.trim().split('\n');
    expect(missing).toMatch(/^.*none\.xml: ./);
    expect(binary).toContain(path('a.evtx'));
    expect(binary).toContain('/lf:true /f:xml > out.xml');
    expect(empty).toMatch(/^.*empty\.xml: ./);
  });

  it.each([
    ['no file', []],
    ['half a policy', ['x.xml', '--threshold', '5']],
    [
      'a policy out of range',
      ['x.xml', '--threshold', '5000', '--window-minutes', '1', '--duration-minutes', '1'],
    ],
    ['an unknown option', ['x.xml', '--treshold', '5']],
  ])('explains itself when given %s', async (_, args) => {
    const ran = await replay(...args);
    expect(ran).toMatchObject({ code: 2, lines: [] });
    expect(ran.said).toContain('npm run replay -- FILE...');
  });
});
