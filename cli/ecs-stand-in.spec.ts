import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { call } from '../electron/lab/ecs/testing/client';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'ecs-stand-in.ts'), ...args]);
  running.push(child);
  let said = '';
  let complained = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  child.stderr.on('data', (part) => {
    complained += part;
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (said.includes('Ctrl+C')) resolve();
    });
  });
  const ended = new Promise<{ code: number | null; said: string; complained: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, said, complained }));
  });
  return { child, ready, ended, said: () => said };
}

describe('npm run ecs-stand-in', () => {
  it('says how to reach it, answers there, and ends when told to', async () => {
    const { child, ready, ended, said } = run('--port', '0');
    await ready;
    const [, endpoint = ''] = /endpoint +(http:\/\/127\.0\.0\.1:\d+)/.exec(said()) ?? [];
    const [, id = ''] = /access key id +(\S+)/.exec(said()) ?? [];
    const [, secret = ''] = /access key secret +(\S+)/.exec(said()) ?? [];
    const answer = await call({ endpoint, key: { id, secret } }, 'DescribeInstances', {
      RegionId: 'cn-hangzhou',
    });
    expect(answer.status).toBe(200);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it.each([
    ['no number', ['--port', 'http'], '"http" is not a port'],
    ['a port that does not exist', ['--port', '70000'], '"70000" is not a port'],
    ['an unknown option', ['--prot', '1'], "Unknown option '--prot'"],
  ])('explains itself when given %s', async (_, args, sentence) => {
    const { code, complained, said } = await run(...args).ended;
    expect([code, said]).toEqual([2, '']);
    expect(complained).toContain(sentence);
    expect(complained).toContain('npm run ecs-stand-in -- --port N');
  });

  it('says that a port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, complained } = await run('--port', String(port)).ended;
    other.close();
    expect([code, complained.trim()]).toEqual([2, `Port ${port} is used by another program.`]);
  });
});
