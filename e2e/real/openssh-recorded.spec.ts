import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSshSource } from '../../electron/sources/ssh/ssh-source';
import { never } from '../../electron/sources/ssh/testing/options';
import { eventXml } from '../../electron/sources/ssh/testing/windows-answers';
import { type StoredEvent, splitEvents, type WindowsInstance } from './ssh/forced-command';
import { endpointAt, optionsAt } from './ssh/options';
import { type Sshd, startSshd } from './ssh/sshd';

interface Log {
  readonly name: string;
  readonly events: readonly StoredEvent[];
}

/** Every file below a folder that holds events, as text. */
function logsBelow(folder: string): Log[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(xml|txt)$/.test(entry.name))
    .map((entry) => ({
      name: entry.name,
      events: splitEvents(readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    }))
    .filter(({ events }) => events.length > 0)
    .sort((a, b) => a.name.localeCompare(b.name));
}

const channelsOf = (log: Log) => [...new Set(log.events.map((event) => event.channel))];
/** Record ids repeat in files that were put together from several logs; the sum of what is there is compared. */
const idsOf = (events: readonly { recordId: number; eventId: number }[]) =>
  events.map((event) => `${event.recordId}:${event.eventId}`).sort();

const reference = process.env.LOCKWATCH_REFERENCE_DATA;
const own: Log[] = [
  { name: 'own fixture', events: splitEvents([1, 2, 3, 4, 5].map((id) => eventXml(id)).join('\n')) },
];

function playsBack(title: string, logs: readonly Log[]): void {
  describe(title, () => {
    let sshd: Sshd | undefined;
    beforeAll(async () => {
      const instances = logs.map(
        ({ name, events }): WindowsInstance => ({ computer: name.slice(0, 15), events }),
      );
      sshd = await startSshd({ instances });
    });
    afterAll(() => sshd?.dispose());

    it.each(logs.map((log, index) => [log.name, index] as const))('%s', async (_, index) => {
      const log = logs[index];
      if (!sshd || !log) throw new Error('not started');
      const session = await createSshSource(optionsAt(sshd, { endpoint: endpointAt(sshd, index) })).connect(
        never(),
      );
      if (!session.ok) throw new Error(session.error.code);
      for (const channel of channelsOf(log)) {
        const stored = log.events.filter((event) => event.channel === channel);
        const read: { recordId: number; eventId: number }[] = [];
        let broken = 0;
        const result = await session.value.readEvents(
          { channel, eventIds: [], afterRecordId: 0, sinceMs: undefined, limit: 100_000, signal: never() },
          (batch) => {
            read.push(...batch.events);
            broken += batch.broken.count;
          },
        );
        expect(result).toMatchObject({ ok: true, value: { complete: true } });
        expect(broken).toBe(0);
        expect(idsOf(read)).toEqual(idsOf(stored));
      }
      await session.value.close();
    });
  });
}

playsBack('a log of our own over OpenSSH', own);
if (reference) playsBack('recorded logs over OpenSSH', logsBelow(join(reference, 'events')));
else
  describe.skip('recorded logs over OpenSSH (skipped: LOCKWATCH_REFERENCE_DATA is not set)', () =>
    it('plays', () => {}));
