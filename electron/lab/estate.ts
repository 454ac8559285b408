import { join } from 'node:path';
import { type LabClock, SimulatedClock, systemClock } from './clock';
import { PracticeConsole } from './console/practice-console';
import { PracticeDirectory } from './directory/practice-directory';
import { PracticeCloud } from './ecs/practice/practice-cloud';
import { createWindows, Instance } from './estate-instance';
import { keptIdentity } from './kept-identity';
import { keptKey, type LabKey } from './keys';
import { readPorts, writePorts } from './ports';
import { createRandom } from './random';
import { Estate } from './running-estate';
import type { DrillPlan } from './scenario/drill';
import { HISTORY_MS, setTheDomain, setTheStage } from './scenario/history';
import { instanceSpecs, practicePassword, SSH_USER } from './scenario/instances';
import { Scheduler } from './scenario/scheduler';
import { type Forward, LabSshServer } from './ssh-server';

const RDP_PORT = 3389;
/** Where a console port usually is; inside the instance it is found there as well. */
const VNC_PORT = 5900;
const ITSELF = new Set(['127.0.0.1', 'localhost', '::1']);

export type { Estate };

export interface EstateOptions {
  /** Keeps keys and ports between starts. Made when missing. */
  readonly dataDir: string;
  /** The same seed, start and speed give the same history and the same attack. */
  readonly seed?: string;
  /** 1 to 20: divides what people and attackers wait, and the practice policy's minutes. */
  readonly speed?: number;
  readonly clock?: LabClock;
  /** Null or left out: nothing but what is triggered happens beside the everyday. */
  readonly drill?: DrillPlan | null;
  /** Whether the last hours are written into the logs first; true unless said. */
  readonly history?: boolean;
  /** Only these instances, by name; all unless said. */
  readonly only?: readonly string[];
}

/** Builds the estate, writes its history and opens its servers on loopback. Rejects when no port can be had. */
export async function startEstate(options: EstateOptions): Promise<Estate> {
  const { dataDir, seed = 'practice', speed = 1, clock = systemClock, drill = null } = options;
  const keyDir = join(dataDir, 'keys');
  const userKey = keptKey(keyDir, 'practice-user');
  const random = createRandom(seed);
  const past = new SimulatedClock(clock.now() - HISTORY_MS / speed);
  let estate: Estate | undefined;
  const scheduler = new Scheduler(past, speed, () => estate?.changed());
  const ports = readPorts(dataDir);
  const specs = instanceSpecs.filter(({ name }) => options.only?.includes(name) ?? true);
  const instances: Instance[] = [];
  const computers = new Map(specs.map(({ name, computer }) => [name, computer]));
  const cloud = new PracticeCloud({
    names: [...computers.keys()],
    clock,
    identity(name) {
      const computer = computers.get(name) ?? name;
      return keptIdentity(keyDir, `${name}-rdp`, [computer], clock.now());
    },
    onPower: (name, power) => instances.find((instance) => instance.name === name)?.power(power),
  });
  const directory = new PracticeDirectory({ seed, clock, keyDir, onChange: () => estate?.changed() });
  const isOurs = (port: number) => instances.some(({ server }) => server.port === port);

  for (const spec of specs) {
    const { name } = spec;
    const windows = createWindows(spec, seed, speed, () => scheduler.clock.now());
    const hostKey: LabKey = keptKey(keyDir, `${name}-host`);
    const console = new PracticeConsole({
      windows,
      password: spec.consolePassword,
      hint(account) {
        const password = practicePassword(seed, name, account);
        // A password that was set meanwhile is for whoever set it to know.
        return windows.sam.find(account)?.password === password ? password : null;
      },
      clock,
      onChange: () => estate?.changed(),
    });
    const inside = (port: number): Forward | null => {
      if (isOurs(port)) return { port };
      if (port === VNC_PORT || port === console.port) return { port: console.port };
      return port === RDP_PORT ? { serve: (stream) => cloud.serveInside(name, stream) } : null;
    };
    const server = new LabSshServer({
      windows,
      hostKey,
      user: SSH_USER,
      userKey,
      clock,
      rights: { elevated: true },
      forward(host, port) {
        if (ITSELF.has(host)) return inside(port);
        const serve = directory.inside(host, port);
        return serve ? { serve } : null;
      },
    });
    const reachableFrom = (address: string) => cloud.reaches(name, address);
    const parts = { spec, windows, server, console, scheduler, random: random.fork(name), reachableFrom };
    instances.push(new Instance(parts));
  }

  directory.setSpeed(speed);
  if (options.history !== false) {
    const find = (name: string) => instances.find((instance) => instance.name === name)?.windows;
    setTheStage({ seed, scheduler, windows: find, random });
    scheduler.start();
    past.advanceTo(clock.now());
    setTheDomain(scheduler, (account, times, at) => directory.guess(account, times, at));
  }
  scheduler.moveTo(clock);
  for (const instance of instances) {
    const { name } = instance;
    const taken = await instance.start({ ssh: ports[name] ?? 0, vnc: ports[`${name}/vnc`] ?? 0 });
    ports[name] = taken.ssh;
    ports[`${name}/vnc`] = taken.vnc;
  }
  await cloud.start(ports);
  await directory.start(ports);
  writePorts(dataDir, ports);
  estate = new Estate({ instances, userKeyPath: userKey.path, cloud, directory, seed, scheduler, drill });
  scheduler.start();
  return estate;
}
