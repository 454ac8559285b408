import {
  type CertificateQuestion,
  type DirectoryCheckReport,
  type DirectoryCheckStep,
  type DirectoryCheckStepId,
  directoryCheckStepIdSchema,
} from '../../shared/directory';
import { type AppError, appError } from '../../shared/errors';
import type { Result } from '../../shared/result';
import {
  mayReadState,
  mayUnlock,
  readLockedAndCounting,
  type StoredAccount,
} from '../sources/directory/accounts';
import { findControllers } from '../sources/directory/discovery';
import { readAllPsos, readDomainPolicy } from '../sources/directory/policies';
import { createSessionPool } from '../sources/directory/pool';
import type { ControllerSession } from '../sources/directory/session';
import {
  type RootDse,
  readRootDse,
  readTopology,
  rightDomain,
  type Topology,
} from '../sources/directory/topology';
import { DEFAULT_TIMEOUTS } from '../sources/directory/types';
import { addressOf, type DirectoryWorld, sessionOptions } from './directory-connections';
import type { DirectorySecretOwner, DirectoryTarget } from './directory-protocol';

const CLOCK_OFF_MS = 5 * 60_000;

interface Found {
  readonly warning?: boolean;
  readonly key: string;
  readonly params?: Record<string, string | number>;
}

/** Ends the check at a step that failed. */
class Stop extends Error {}

/** Goes the way of the watcher step by step, each with its time, and says what every one found. */
export async function runDirectoryCheck(
  checkId: string,
  target: DirectoryTarget,
  world: DirectoryWorld,
  onProgress: (report: DirectoryCheckReport) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = world;
  const { fields } = target;
  const now = (): number => clock.now();
  const startedAtMs = now();
  let question: CertificateQuestion | null = null;
  let steps: DirectoryCheckStep[] = directoryCheckStepIdSchema.options.map((id) => ({
    id,
    state: 'waiting',
    durationMs: null,
    messageKey: null,
    params: {},
    error: null,
  }));
  const tell = (finishedAtMs: number | null): void =>
    onProgress({ checkId, startedAtMs, finishedAtMs, steps: [...steps], question });
  const set = (id: DirectoryCheckStepId, change: Partial<DirectoryCheckStep>): void => {
    steps = steps.map((step) => (step.id === id ? { ...step, ...change } : step));
    tell(null);
  };
  const passed = (
    id: DirectoryCheckStepId,
    durationMs: number | null,
    { warning, key, params }: Found,
  ): void =>
    set(id, {
      state: warning ? 'warning' : 'passed',
      durationMs,
      messageKey: `directory.check.${key}`,
      params: params ?? {},
    });
  const failed = (id: DirectoryCheckStepId, durationMs: number | null, error: AppError): never => {
    set(id, { state: 'failed', durationMs, error });
    throw new Stop();
  };
  async function step<T>(
    id: DirectoryCheckStepId,
    run: () => Promise<Result<T>>,
    say: (value: T) => Found,
  ): Promise<T> {
    set(id, { state: 'running' });
    const begun = now();
    const result = await run();
    if (!result.ok) return failed(id, now() - begun, result.error);
    passed(id, now() - begun, say(result.value));
    return result.value;
  }

  const owner: DirectorySecretOwner = { kind: 'directoryCheck', checkId };
  const pool = createSessionPool(sessionOptions(target, owner, world));
  try {
    const found = await step(
      'find',
      () => findControllers(fields, world.resolve, clock, DEFAULT_TIMEOUTS.tcpMs),
      (all) => ({ key: fields.controllers.length > 0 ? 'given' : 'found', params: { count: all.length } }),
    );
    const session = await connect(found);
    const root = await step(
      'domain',
      () => readRootDse(session, now, signal),
      (value) => ({ key: 'domain', params: { name: value.domainName, host: value.hostName ?? '' } }),
    );
    const other = rightDomain(root, fields.domain, session.address.host);
    if (other) failed('domain', null, other);
    const topology = await step(
      'pdc',
      () => readTopology(session, root, signal),
      ({ pdcHost, controllers }) =>
        pdcHost === null
          ? { warning: true, key: 'noPdc' }
          : { key: 'pdc', params: { host: pdcHost, count: controllers.length } },
    );
    await readings(session, root, topology);
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
  } finally {
    pool.close();
    steps = steps.map((one) =>
      one.state === 'waiting' || one.state === 'running' ? { ...one, state: 'skipped' } : one,
    );
    tell(now());
  }

  async function connect(
    addresses: readonly { readonly host: string; readonly port: number }[],
  ): Promise<ControllerSession> {
    set('tcp', { state: 'running' });
    let last: { readonly error: AppError; readonly step: 'tcp' | 'certificate' | 'bind' } | undefined;
    for (const address of addresses) {
      const opened = await pool.get(address, signal);
      if (opened.ok) {
        const { tcpMs, tlsMs, bindMs } = opened.value.timing;
        const { host } = address;
        passed('tcp', tcpMs, { key: 'tcp', params: { host, port: address.port } });
        passed(
          'certificate',
          tlsMs,
          tlsMs === null
            ? { warning: true, key: 'plain', params: { host } }
            : { key: 'certificate', params: { host } },
        );
        passed('bind', bindMs, { key: 'bind', params: { user: fields.bindUser } });
        return opened.value;
      }
      last = opened.error;
      question = opened.error.verdict?.question ?? null;
      // Only an unreachable controller is a reason to ask another one.
      if (last.step !== 'tcp' || signal.aborted) break;
    }
    const { error, step: at } = last ?? {
      error: appError('directory.controllersNotFound', { domain: fields.domain }),
      step: 'tcp' as const,
    };
    for (const before of ['tcp', 'certificate', 'bind'] as const) {
      if (before === at) return failed(at, null, error);
      passed(before, null, { key: `${before}Passed` });
    }
    return failed('bind', null, error);
  }

  async function readings(session: ControllerSession, root: RootDse, topology: Topology): Promise<void> {
    const { domainName } = root;
    await step(
      'policy',
      () => readDomainPolicy(session, domainName, signal),
      ({ policy }) =>
        policy.threshold === 0
          ? { warning: true, key: 'policyNever' }
          : { key: 'policy', params: { threshold: policy.threshold } },
    );
    const psos = await readAllPsos(session, domainName, signal);
    if (psos.ok && psos.value === null) {
      set('policy', { state: 'warning', messageKey: 'directory.check.psoUnreadable', params: {} });
    }
    const accounts: StoredAccount[] = [];
    await step(
      'accounts',
      async () => {
        const may = await mayReadState(session, domainName, signal);
        if (!may.ok) return may;
        if (!may.value) {
          const params = { user: fields.bindUser, right: 'read', object: domainName };
          return { ok: false as const, error: appError('directory.insufficientRights', params) };
        }
        return readLockedAndCounting(session, domainName, (one) => accounts.push(one), signal);
      },
      ({ entries }) => ({ key: 'accounts', params: { count: entries } }),
    );
    const sample = accounts.find(({ kind }) => kind === 'user');
    if (sample) {
      await step(
        'rights',
        () => mayUnlock(session, sample.key, signal),
        (may) =>
          may === true
            ? { key: 'mayUnlock' }
            : { warning: true, key: may === false ? 'mayNotUnlock' : 'unlockUnknown' },
      );
    } else passed('rights', null, { warning: true, key: 'unlockUnknown' });
    await others(topology);
    const { clockOffsetMs } = root;
    if (clockOffsetMs === null) passed('clock', null, { warning: true, key: 'clockUnknown' });
    else {
      const off = Math.abs(clockOffsetMs) > CLOCK_OFF_MS;
      passed('clock', null, {
        warning: off,
        key: off ? 'clockOff' : 'clock',
        params: { seconds: Math.round(clockOffsetMs / 1000) },
      });
    }
  }

  async function others(topology: Topology): Promise<void> {
    set('controllers', { state: 'running' });
    const begun = now();
    const all = await Promise.all(
      topology.controllers.map(({ host }) => pool.get(addressOf(fields, host), signal)),
    );
    const answering = all.filter(({ ok }) => ok).length;
    question ??= pool.questions()[0] ?? null;
    passed('controllers', now() - begun, {
      warning: answering < all.length,
      key: answering < all.length ? 'someControllers' : 'controllers',
      params: { answering, count: all.length },
    });
  }
}
