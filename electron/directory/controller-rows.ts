import type { Phrase } from '../../shared/account-status';
import type { ControllerRow, ControllerTable } from '../../shared/directory';
import type { AppError } from '../../shared/errors';
import { type Filetime, msFromFiletime } from '../../shared/time';
import type { StoredAccount } from '../sources/directory/accounts';
import type { FoundController } from '../sources/directory/topology';
import { controllerTime, type GoverningPolicy, judge } from './judge-account';

/** What one controller said of the account: its stored values, that it has none, or why it did not answer. */
export interface ControllerAnswer {
  readonly controller: FoundController;
  readonly readAtMs: number | null;
  readonly roundTripMs: number | null;
  readonly clockOffsetMs: number;
  /** Undefined: it answered, and does not have the account (yet). */
  readonly stored: StoredAccount | undefined;
  readonly failure: AppError | null;
}

const phrase = (name: string, params: Phrase['params'] = {}): Phrase => ({
  key: `directory.difference.${name}`,
  params,
});

/** The row of one controller, and how it differs from the PDC emulator's word (R20 to R22). */
export function controllerRow(
  answer: ControllerAnswer,
  truth: ControllerAnswer | undefined,
  governing: GoverningPolicy | null,
  nowMs: number,
): ControllerRow {
  const { controller, stored, clockOffsetMs } = answer;
  const ms = (at: Filetime | null | undefined): number | null =>
    at === null || at === undefined || at === 0n ? null : msFromFiletime(at) - clockOffsetMs;
  const judged = stored ? judge(stored, governing, controllerTime(nowMs, clockOffsetMs)) : undefined;
  return {
    host: controller.host,
    site: controller.site,
    readOnly: controller.readOnly,
    truth: controller.pdc,
    answers: answer.failure === null,
    failure: answer.failure,
    roundTripMs: answer.roundTripMs,
    readAtMs: answer.readAtMs,
    status: judged?.status ?? 'unknown',
    rawCount: stored?.badPasswordCount ?? null,
    badPasswordCount: judged?.badPasswordCount ?? null,
    lastBadPasswordAtMs: ms(stored?.badPasswordTime),
    lockoutTimeMs: ms(stored?.lockoutTime),
    autoUnlockAtMs: ms(judged?.autoUnlockAt),
    lockedUntilAdmin: judged?.lockedUntilAdmin ?? false,
    passwordSetAtMs: ms(stored?.passwordSet),
    lastLogonAtMs: ms(stored?.lastLogon),
    differences: controller.pdc ? [] : differences(answer, truth, governing, nowMs),
  };
}

/** Explains what is not as the PDC emulator has it; what is only each controller's own is no fault. */
function differences(
  answer: ControllerAnswer,
  truth: ControllerAnswer | undefined,
  governing: GoverningPolicy | null,
  nowMs: number,
): Phrase[] {
  const { stored, controller } = answer;
  if (answer.failure) return [];
  if (!stored) return [phrase('notThere')];
  const known = truth?.stored;
  if (!known) return [phrase('noTruth')];
  const found: Phrase[] = [];
  const here = judge(stored, governing, controllerTime(nowMs, answer.clockOffsetMs));
  const there = judge(known, governing, controllerTime(nowMs, truth.clockOffsetMs));
  if (here.status === 'locked' && there.status !== 'locked') {
    found.push(phrase(controller.readOnly ? 'staleLockReadOnly' : 'staleLock'));
  }
  if (here.status !== 'locked' && there.status === 'locked') found.push(phrase('lockNotArrived'));
  if (stored.passwordSet !== null && known.passwordSet !== null && stored.passwordSet !== known.passwordSet) {
    found.push(phrase(stored.passwordSet < known.passwordSet ? 'olderPassword' : 'newerPassword'));
  }
  const [mine, theirs] = [stored.badPasswordCount, known.badPasswordCount];
  if (mine !== null && theirs !== null && mine !== theirs) {
    const params = { here: mine, truth: theirs };
    if (controller.readOnly) found.push(phrase('ownCountReadOnly', params));
    else if (mine > theirs && theirs === 0) found.push(phrase('keptCount', params));
    else found.push(phrase('ownCount', params));
  }
  return found;
}

/** What is to be said of the whole table. */
export function tableNotes(answers: readonly ControllerAnswer[]): ControllerTable['notes'] {
  const notes: Phrase[] = [];
  const truth = answers.find(({ controller }) => controller.pdc);
  if (!truth) notes.push({ key: 'directory.table.pdcUnknown', params: {} });
  else if (truth.failure) {
    notes.push({ key: 'directory.table.pdcSilent', params: { host: truth.controller.host } });
  } else notes.push({ key: 'directory.table.pdcDecides', params: { host: truth.controller.host } });
  const silent = answers.filter(({ failure, controller }) => failure && !controller.pdc).length;
  if (silent > 0) notes.push({ key: 'directory.table.silent', params: { count: silent } });
  if (answers.length > 1) notes.push({ key: 'directory.table.neverSum', params: {} });
  return notes;
}
