import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskFiles, type DiskCalls } from '../../storage/atomic-file';
import { sampleIncident } from '../testing/sample-incident';
import { createIncidentStore, type IncidentStore } from './store';

let folder: string;
const storeWith = (disk: Partial<DiskCalls> = {}): IncidentStore =>
  createIncidentStore({ folder, files: createDiskFiles(disk), now: () => 1234 });

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'incidents-')), 'incidents');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

describe('the files of incidents', () => {
  it('give back what was written', async () => {
    const incident = sampleIncident();
    expect(await storeWith().write(incident)).toMatchObject({ ok: true });
    expect(await storeWith().open()).toEqual({ documents: [incident], notices: [] });
    expect(await storeWith().read(incident.core.id)).toEqual({ ok: true, value: incident });
  });

  it.each(['before the new file is whole', 'before it takes the name'])(
    'hold the old one when the app dies %s',
    async (when) => {
      const incident = sampleIncident();
      await storeWith().write(incident);
      const dying: Partial<DiskCalls> = when.includes('whole')
        ? {
            open: async (path, flags, mode) => {
              const handle = await open(path, flags, mode);
              if (flags !== 'wx') return handle;
              await handle.writeFile('{"version":1,"core":{"id":', 'utf8');
              await handle.close();
              throw Object.assign(new Error('killed'), { code: 'EIO' });
            },
          }
        : { rename: () => Promise.reject(Object.assign(new Error('killed'), { code: 'EIO' })) };
      expect(await storeWith(dying).write({ ...incident, failures: 99 })).toMatchObject({ ok: false });
      expect((await storeWith().open()).documents).toEqual([incident]);
    },
  );

  it('come one after the other, the last one last', async () => {
    const incident = sampleIncident();
    const store = storeWith();
    await Promise.all([1, 2, 3, 4].map((failures) => store.write({ ...incident, failures })));
    expect((await storeWith().open()).documents).toMatchObject([{ failures: 4 }]);
  });

  it('are kept aside and told when they cannot be read; the rest is there', async () => {
    const incident = sampleIncident();
    await storeWith().write(incident);
    const torn = '00000000-0000-4000-8000-00000000aaaa';
    const renamed = '00000000-0000-4000-8000-00000000bbbb';
    const newer = '00000000-0000-4000-8000-00000000cccc';
    await writeFile(join(folder, `${torn}.json`), '{"version":1,"core":');
    await writeFile(
      join(folder, `${renamed}.json`),
      await readFile(join(folder, `${incident.core.id}.json`)),
    );
    await writeFile(join(folder, `${newer}.json`), '{"version":2}');
    const opened = await storeWith().open();
    expect(opened.documents).toEqual([incident]);
    expect(opened.notices.map(({ message }) => message.key).sort()).toEqual([
      'notice.incident.corrupt',
      'notice.incident.corrupt',
      'notice.incident.newer',
    ]);
    expect((await readdir(folder)).sort()).toEqual([
      `${incident.core.id}.json`,
      `${torn}.corrupt-1234`,
      `${renamed}.corrupt-1234`,
      `${newer}.json`,
    ]);
    expect(await readFile(join(folder, `${newer}.json`), 'utf8')).toBe('{"version":2}');
  });
});
