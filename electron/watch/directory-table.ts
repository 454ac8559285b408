import type { ControllerTable, DirectoryFields } from '../../shared/directory';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { type ControllerAnswer, controllerRow, tableNotes } from '../directory/controller-rows';
import { readBySid } from '../sources/directory/accounts';
import type { FoundController } from '../sources/directory/topology';
import type { Clock } from './clock';
import { addressOf } from './directory-connections';
import type { DomainState } from './directory-domain';
import { readMissingPsos } from './directory-follower';
import type { Deciding } from './directory-watcher';

export interface TableRequest {
  readonly accountKey: string;
  readonly fields: DirectoryFields;
  readonly deciding: Deciding;
  readonly domain: DomainState;
  readonly clock: Clock;
}

/**
 * One account at every controller: one question each, all at the same time, over connections that stay open. A
 * controller that does not answer has a row that says so.
 */
export async function controllerTable(request: TableRequest): Promise<Result<ControllerTable>> {
  const { domain, clock, accountKey } = request;
  const controllers = domain.topology?.controllers ?? [];
  const answers = await Promise.all(controllers.map((controller) => ask(controller, request)));
  const truth = answers.find(({ controller }) => controller.pdc);
  const stored = truth?.stored ?? answers.find((answer) => answer.stored)?.stored;
  if (!stored) {
    const failure = truth?.failure ?? answers.find((answer) => answer.failure)?.failure;
    return err(failure ?? appError('directory.noSuchObject', { object: accountKey }));
  }
  domain.note(stored);
  // One that cannot be read leaves the states unknown; the values are shown all the same.
  await readMissingPsos(request.deciding.session, domain, request.deciding.signal);
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

async function ask(
  controller: FoundController,
  { accountKey, fields, deciding, domain, clock }: TableRequest,
): Promise<ControllerAnswer> {
  const { pool, signal } = deciding;
  const clockOffsetMs = controller.pdc ? domain.clockOffsetMs : 0;
  const session = controller.pdc
    ? ok(deciding.session)
    : await pool.get(addressOf(fields, controller.host), signal);
  const silent = { controller, readAtMs: null, roundTripMs: null, clockOffsetMs, stored: undefined };
  if (!session.ok) return { ...silent, failure: session.error.error };
  const begunAtMs = clock.now();
  const read = await readBySid(session.value, accountKey, signal);
  if (!read.ok) return { ...silent, failure: read.error };
  const readAtMs = clock.now();
  return {
    controller,
    readAtMs,
    roundTripMs: readAtMs - begunAtMs,
    clockOffsetMs,
    stored: read.value,
    failure: null,
  };
}
