import type { ControllerTable, DirectoryFields, DirectoryId } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { type ControllerAnswer, controllerRow, tableNotes } from '../directory/controller-rows';
import { readBySid } from '../sources/directory/accounts';
import { createSessionPool, type SessionPool } from '../sources/directory/pool';
import type { ControllerSession } from '../sources/directory/session';
import type { FoundController } from '../sources/directory/topology';
import type { Clock } from './clock';
import { addressOf, type DirectoryWorld, sessionOptions } from './directory-connections';
import type { DomainState } from './directory-domain';
import { readMissingPsos, readPolicies } from './directory-follower';
import type { DirectoryTarget } from './directory-protocol';
import { openAny } from './directory-watcher';

export interface TableRequest {
  readonly accountKey: string;
  readonly fields: DirectoryFields;
  readonly domain: DomainState;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The open ways to the controllers. */
interface Ways {
  readonly pool: SessionPool;
  /** To the PDC emulator; null: it is asked like the others. */
  readonly pdc: ControllerSession | null;
}

interface Asked {
  readonly answer: ControllerAnswer;
  readonly session: ControllerSession | null;
}

/**
 * One account at every controller: one question each, all at the same time, over connections that stay open. A
 * controller that does not answer has a row that says so.
 */
export async function controllerTable(request: TableRequest, ways: Ways): Promise<Result<ControllerTable>> {
  const { domain, accountKey, signal, clock } = request;
  const controllers = domain.topology?.controllers ?? [];
  const asked = await Promise.all(controllers.map((controller) => ask(controller, request, ways)));
  const answers = asked.map(({ answer }) => answer);
  const truth = answers.find(({ controller }) => controller.pdc);
  const stored = truth?.stored ?? answers.find((answer) => answer.stored)?.stored;
  if (!stored) {
    const failure = truth?.failure ?? answers.find((answer) => answer.failure)?.failure;
    return err(failure ?? appError('directory.noSuchObject', { object: accountKey }));
  }
  const reader = asked.find(({ session }) => session !== null)?.session;
  // A policy that cannot be read leaves the states unknown; the values are shown all the same.
  if (reader && !domain.policy && domain.topology) {
    await readPolicies(reader, domain.topology.domainName, { domain, clock }, signal);
  }
  domain.note(stored);
  if (reader) await readMissingPsos(reader, domain, signal);
  const nowMs = clock.now();
  // Read elsewhere than at the PDC emulator it is no truth: its state is not told by it.
  const known = domain.view(stored, truth?.readAtMs ?? nowMs, nowMs).account;
  const account = truth?.stored
    ? known
    : { ...known, status: 'unknown' as const, reason: { key: 'directory.reason.pdcSilent', params: {} } };
  const governing = domain.governing(stored);
  const policy =
    stored.psoDn === null
      ? domain.policyView()
      : ((domain.psoViews() ?? []).find(({ sourceName }) => sourceName === governing?.name) ?? null);
  return ok({
    account,
    policy,
    madeAtMs: nowMs,
    rows: answers.map((answer) => controllerRow(answer, truth, governing, nowMs)),
    notes: tableNotes(answers),
  });
}

/**
 * The table while there is no way to the PDC emulator: what the others say, and that none of it is the truth. Over
 * connections of its own, which end with it.
 */
export async function tableWithoutPdc(
  request: TableRequest,
  target: DirectoryTarget & { readonly id: DirectoryId },
  world: DirectoryWorld,
): Promise<Result<ControllerTable>> {
  const { domain, signal } = request;
  const pool = createSessionPool(sessionOptions(target, { kind: 'directory', id: target.id }, world));
  try {
    if (!domain.topology) {
      const any = await openAny(target, world, pool, signal);
      if (!any.ok) return any;
      domain.topology = any.value.topology;
    }
    return await controllerTable(request, { pool, pdc: null });
  } finally {
    pool.close();
  }
}

async function ask(
  controller: FoundController,
  { accountKey, fields, domain, clock, signal }: TableRequest,
  { pool, pdc }: Ways,
): Promise<Asked> {
  const clockOffsetMs = controller.pdc ? domain.clockOffsetMs : 0;
  const session =
    controller.pdc && pdc ? ok(pdc) : await pool.get(addressOf(fields, controller.host), signal);
  const silent = { controller, readAtMs: null, roundTripMs: null, clockOffsetMs, stored: undefined };
  if (!session.ok) return { answer: { ...silent, failure: session.error.error }, session: null };
  const begunAtMs = clock.now();
  const read = await readBySid(session.value, accountKey, signal);
  if (!read.ok) return { answer: { ...silent, failure: read.error }, session: null };
  const readAtMs = clock.now();
  const roundTripMs = readAtMs - begunAtMs;
  return {
    answer: { controller, readAtMs, roundTripMs, clockOffsetMs, stored: read.value, failure: null },
    session: session.value,
  };
}
