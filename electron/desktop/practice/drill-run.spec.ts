import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabState } from '../../../shared/lab';
import { createTranslator } from '../../../shared/messages/format';
import { sampleAccount, sampleId, sampleView } from '../testing/sample-view';
import { createDrillRun } from './drill-run';

const finished: LabState = {
  running: true,
  paused: false,
  speed: 4,
  phase: 'finished',
  startedAtMs: 0,
  instances: [],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockwatch-drill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function play(once: boolean, incidentId: string | undefined) {
  const translate = createTranslator('en');
  const pages: string[] = [];
  const end = vi.fn();
  const run = createDrillRun({
    once,
    folder,
    clock: {
      now: () => 0,
      // Waits are over at once, but for the one that ends a drill which hangs.
      after: (ms, task) => {
        if (ms < 60_000) queueMicrotask(task);
        return () => undefined;
      },
    },
    words: ({ key, params }) => translate(key, params),
    write: () => undefined,
    capture: async () => new Uint8Array([1]),
    show: (to) => pages.push(to.page),
    nameOf: () => 'web-01',
    incident: () => incidentId,
    end,
  });
  const administrator = (status: 'locked' | 'clear') =>
    sampleView(1, [sampleAccount('Administrator', { builtinAdministrator: true, status })]);
  run.fleet([administrator('locked')]);
  run.fleet([administrator('clear')]);
  run.lab(finished);
  return { pages, end };
}
const pictures = () =>
  readdirSync(folder)
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10))
    .map((name) => name.replace(/^\d+-|\.png$/g, ''));

describe('a drill that is watched', () => {
  it('ends with pictures of its incident and its checklist', async () => {
    const { pages, end } = play(true, sampleId(7));
    await vi.waitFor(() => expect(end).toHaveBeenCalled());
    const record = ['incident', 'checklist'];
    expect(pictures()).toEqual(['locked', 'fleet', 'unlocked', ...record, ...record, 'finished']);
    expect(pages).toEqual(['instance', 'fleet', 'fleet', ...record, ...record, 'fleet']);
  });

  it('has none of them while no incident is open', async () => {
    const { end } = play(true, undefined);
    await vi.waitFor(() => expect(end).toHaveBeenCalled());
    expect(pictures()).toEqual(['locked', 'fleet', 'unlocked', 'finished']);
  });
});
