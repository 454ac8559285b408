import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstanceView, Phrase } from '../../../shared/account-status';
import type { IncidentId } from '../../../shared/incident';
import type { LabState } from '../../../shared/lab';
import type { Destination } from '../../../shared/snapshot';
import type { Clock } from '../../watch/clock';
import type { Decision } from '../notifications/notification';
import type { Words } from '../words';
import { createDrillReport, DRILL_STEPS, type DrillNews, type DrillStep } from './drill-report';

export interface DrillRunOptions {
  readonly once: boolean;
  readonly folder: string;
  readonly clock: Clock;
  readonly words: Words;
  readonly write: (line: string) => void;
  /** A picture of the window as PNG; undefined when there is none. */
  readonly capture: () => Promise<Uint8Array | undefined>;
  readonly show: (to: Destination) => void;
  readonly nameOf: (view: InstanceView) => string;
  /** The incident that was opened last; undefined while there is none. */
  readonly incident: () => IncidentId | undefined;
  /** Ends the app: 0 when the drill was followed to its end. */
  readonly end: (code: number) => void;
}

export interface DrillRun {
  fleet(views: readonly InstanceView[]): void;
  decision(decision: Decision): void;
  lab(state: LabState): void;
  /** The lab could not start. */
  failed(): void;
}

type Picture = DrillStep | 'fleet' | 'incident' | 'checklist' | 'finished';

/** The page has to draw what it was just told. In milliseconds. */
const DRAW_MS = 1500;
/** A single drill takes about a minute; one that hangs ends all the same. In milliseconds. */
const LONGEST_MS = 5 * 60_000;

/** Prints a drill to the terminal as the app sees it, and takes a picture of each step. */
export function createDrillRun(options: DrillRunOptions): DrillRun {
  const { clock, words } = options;
  const report = createDrillReport(options.nameOf);
  let latest: readonly InstanceView[] = [];
  let pictures: Promise<void> = Promise.resolve();
  let number = 0;
  let ended = false;

  const say = (key: string, params: Phrase['params'] = {}): void =>
    options.write(`${words({ key, params })}\n`);
  say('drill.start');
  say('drill.screenshots', { folder: options.folder });
  if (options.once) clock.after(LONGEST_MS, finish);

  function take(name: Picture, to: Destination | (() => Destination | undefined)): void {
    pictures = pictures.then(async () => {
      const place = typeof to === 'function' ? to() : to;
      if (!place) return;
      // Somebody who practises keeps the page that he is on; the picture is of that one.
      if (options.once) options.show(place);
      await new Promise<void>((resolve) => clock.after(DRAW_MS, resolve));
      const png = await options.capture();
      if (!png) return;
      const path = join(options.folder, `${++number}-${name}.png`);
      await mkdir(options.folder, { recursive: true });
      await writeFile(path, png);
      say('drill.screenshot', { path });
    });
    pictures = pictures.catch(() => undefined);
  }

  /** What the record of it all looks like; nothing while no incident is open. */
  function takeRecord(): void {
    // Somebody who practises looks at these pages himself.
    if (!options.once) return;
    for (const page of ['incident', 'checklist'] as const) {
      take(page, () => {
        const incidentId = options.incident();
        return incidentId === undefined ? undefined : { page, incidentId };
      });
    }
  }

  function pageOf(step: DrillStep): Destination {
    const view = latest.find(({ accounts }) => accounts.some((account) => account.status === 'locked'));
    return step === 'locked' && view
      ? { page: 'instance', instanceId: view.id, accountKey: null }
      : { page: 'fleet' };
  }

  function tell({ lines, steps }: DrillNews, frame?: string, value?: string): void {
    for (const { key, params } of lines) {
      const { status } = params;
      const line = words({
        key,
        params:
          typeof status === 'string' ? { ...params, status: words({ key: status, params: {} }) } : params,
      });
      if (frame && value) say(frame, { [value]: line });
      else options.write(`${line}\n`);
    }
    for (const step of steps) {
      take(step, pageOf(step));
      if (step === 'notified' || step === 'unlocked') takeRecord();
    }
  }

  function finish(): void {
    if (ended) return;
    ended = true;
    takeRecord();
    take('finished', { page: 'fleet' });
    void pictures.then(() => {
      const seen = DRILL_STEPS.filter((step) => report.seen().has(step));
      const missing = DRILL_STEPS.filter((step) => !report.seen().has(step));
      const list = (steps: readonly DrillStep[]): string =>
        (steps.length > 0 ? steps : ['none'])
          .map((step) => words({ key: `drill.step.${step}`, params: {} }))
          .join(', ');
      const passed = missing.length === 0;
      say(passed ? 'drill.outcome.passed' : 'drill.outcome.failed', {
        steps: list(seen),
        missing: list(missing),
      });
      options.end(passed ? 0 : 1);
    });
  }

  return {
    fleet(views) {
      const first = latest.length === 0 && views.length > 0;
      latest = views;
      tell(report.fleet(views));
      if (first) take('fleet', { page: 'fleet' });
    },
    decision: (decision) => tell(report.decision(decision), 'drill.notification', 'title'),
    lab(state) {
      tell(report.phase(state.phase), 'drill.phase', 'phase');
      if (options.once && state.phase === 'finished') finish();
    },
    failed() {
      say('lab.failed');
      if (options.once) options.end(1);
    },
  };
}
