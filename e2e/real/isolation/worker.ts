import { open, rename } from 'node:fs/promises';
import type { CloudProvider } from '../../../electron/cloud/provider';
import { capabilities } from '../../../electron/isolation/testing/fake-cloud';
import { systemClock } from '../../../electron/watch/clock';
import { ok } from '../../../shared/result';
import type { Asked } from './cloud-server';
import { type Operation, perform, startOnDisk } from './on-disk';

/** One operation in a process of its own, to be killed at a point of somebody else's choice. */
const [folder = '', url = '', operation = '{}'] = process.argv.slice(2);

async function ask<T>(asked: Asked): Promise<T> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked) });
  return (await response.json()) as T;
}

const point = (name: string): Promise<unknown> => ask({ what: 'point', name });

const provider: CloudProvider = {
  capabilities,
  checkCredentials: async () => ok(null),
  listRegions: async () => ok([]),
  listInstances: async () => ok([]),
  snapshot: (ref, _signal, options = {}) => ask({ what: 'snapshot', ref, options }),
  findGroups: (region, tags) => ask({ what: 'findGroups', region, tags }),
  describe: (change) => [{ action: change.kind, parameters: {} }],
  apply: (change, ref, token) => ask({ what: 'apply', change, ref, token }),
};

async function run(): Promise<void> {
  const rig = await startOnDisk(folder, provider, systemClock, {
    open: async (path, flags, mode) => {
      if (flags === 'wx') await point('journal: before it is written');
      return open(path, flags, mode);
    },
    rename: async (from, to) => {
      await point('journal: written beside');
      await rename(from, to);
      await point('journal: in its place');
    },
  });
  const outcome = await perform(rig, JSON.parse(operation) as Operation);
  await rig.dispose();
  process.stdout.write(`${outcome}\n`);
}

void run();
