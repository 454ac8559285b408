import { join } from 'node:path';
import { app } from 'electron';
import type { InstanceId } from '../../shared/instance';
import type { LabDirectory } from '../../shared/lab';
import type { Result } from '../../shared/result';
import type { AccountStore } from '../cloud/credentials/account-store';
import type { Arguments } from '../desktop/arguments';
import type { Desktop } from '../desktop/desktop';
import { createDrillRun, type DrillRun } from '../desktop/practice/drill-run';
import { createLabProcess } from '../desktop/practice/lab-process';
import type { PracticeCloud } from '../desktop/practice/practice-cloud';
import { createPracticeCloud } from '../desktop/practice/practice-cloud';
import { createPracticeLab } from '../desktop/practice/practice-lab';
import { practiceInAnotherRun, practiceRequests } from '../desktop/practice/practice-requests';
import { startUtilityProcess } from '../desktop/system/utility-process';
import type { Mirror } from '../ipc/mirror';
import type { RdpProbe } from '../isolation/executor/tcp-probe';
import type { Foundation } from './parts';
import type { Stores } from './stores';

/** How fast a single drill is played. */
const ONCE_SPEED = 4;
/** What the drill is about. */
const DRILLED_INSTANCE = 'web-01';
/** Journal entries of the practice instances, whose cloud ended with the run before. */
const PRACTICE_ENTRY = /^i-practice-/;

/** The stand-in cloud of a practice run; undefined in the admin's own. */
export function composePracticeCloud(
  { lab }: Arguments,
  accounts: () => AccountStore,
  probe: RdpProbe,
  accountName: () => string,
): PracticeCloud | undefined {
  return lab ? createPracticeCloud({ accounts, probe, accountName }) : undefined;
}

export interface PracticePartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly mirror: Mirror;
  readonly args: Arguments;
  readonly appFolder: string;
  readonly labScript: string;
  readonly desktop: Desktop;
  readonly practiceCloud: PracticeCloud | undefined;
  readonly contents: () => Electron.WebContents | undefined;
  /** Told of the practice domain, and an instance through which it is reached. */
  readonly onDirectory: (directory: LabDirectory, through: InstanceId) => Promise<Result<unknown>>;
  readonly onExitCode: (code: number) => void;
}

/** The practice lab, and in a practice run the drill that it plays. */
export function composePractice(options: PracticePartOptions) {
  const { foundation, stores, mirror, args, desktop, practiceCloud } = options;
  const { clock, files, inData } = foundation;
  const drill: DrillRun | undefined = args.lab
    ? createDrillRun({
        once: args.once,
        folder: process.env.LOCKWATCH_ARTIFACTS ?? inData('screenshots'),
        clock,
        words: desktop.words,
        write: (line) => process.stdout.write(line),
        capture: async () => (await options.contents()?.capturePage())?.toPNG(),
        show: (to) => desktop.show(to),
        nameOf: ({ id }) => stores.nameOf(id),
        incident() {
          const { incidents } = mirror.current().snapshot;
          const ofTheDrill = incidents.filter(({ instanceName }) => instanceName === DRILLED_INSTANCE);
          return ofTheDrill.sort((one, other) => other.openedAtMs - one.openedAtMs).at(0)?.id;
        },
        end(code) {
          options.onExitCode(code);
          app.quit();
        },
      })
    : undefined;
  const lab = createPracticeLab({
    spawn: () => createLabProcess(startUtilityProcess(options.labScript, 'Lockwatch practice lab')),
    dataDir: inData('lab'),
    drill: args.once ? 'once' : 'live',
    speed: args.pace ?? (args.once ? ONCE_SPEED : 1),
    profiles: stores.profiles,
    hostKeys: stores.hostKeys,
    onDirectory: options.onDirectory,
    onCloud: async (started) => (practiceCloud ? practiceCloud.begin(started) : { ok: true, value: null }),
    onSummary: (summary) => mirror.change({ lab: summary }),
    onState: (state) => drill?.lab(state),
  });
  return {
    drill,
    lab,
    handlers: args.lab ? practiceRequests(lab) : practiceInAnotherRun(options.appFolder),
    /** Begins the practice of a practice run. */
    begin(): void {
      if (args.lab) void lab.start().then((started) => started.ok || drill?.failed());
    },
    /** Before the journal is opened: a stand-in cloud begins anew with every run, and so do its instances. */
    journalService: {
      name: 'practiceJournal',
      async start() {
        if (!args.lab) return;
        const folder = inData('journal');
        const names = await files.list(folder);
        if (!names.ok) return;
        for (const name of names.value.filter((one) => PRACTICE_ENTRY.test(one)))
          await files.remove(join(folder, name));
      },
    },
    services: [{ name: 'lab', dispose: lab.stop }],
  };
}
