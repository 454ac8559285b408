import type { Phrase } from '../../../../shared/account-status';
import type {
  Checklist,
  ChecklistPart,
  ChecklistPartId,
  ChecklistState,
  ChecklistStep,
  ChecklistStepId,
} from '../../../../shared/checklist';
import { focusOf, rememberFocus } from './focus';
import { isolateFindings, isolateNotes } from './isolate';
import { restoreFindings, restoreNotes } from './restore';
import { type Settled, settle } from './settle';
import { RULES_FRESH_MS, type Situation, situationOf } from './situation';
import type { ChecklistInput, ChecklistMemory, Evaluation, Finding, Focus, Tick } from './types';
import { unlockFindings, unlockNotes } from './unlock';
import { type Restored, verifyFindings, verifyNotes } from './verify';

/** Parts that say something of one account; the others are the instance's. */
const ofAccount: ReadonlySet<ChecklistPartId> = new Set([
  'consoleSignIn',
  'accountUnlocked',
  'staleCredentials',
  'accountClear',
  'signedInAgain',
]);
/** What the end is proven by. */
const proving: readonly ChecklistPartId[] = [
  'accountUnlocked',
  'trustedRule',
  'rdpAnswers',
  'accountClear',
  'signedInAgain',
  'quiet',
];
/** The pace of an account is remembered anew when it differs by this part. */
const PACE_DIFFERS = 0.25;

/** The account whose tick it is; null for the instance's. */
export const accountOfPart = (
  part: ChecklistPartId,
  focus: { readonly key: string } | null,
): string | null => (ofAccount.has(part) ? (focus?.key ?? null) : null);

/**
 * The checklist of one open incident at `input.nowMs`, with what it keeps until the next look. The same input with the
 * memory that came out gives the same again. Pure.
 */
export function evaluateChecklist(input: ChecklistInput, kept: ChecklistMemory): Evaluation {
  const focus = focusOf(input, kept);
  const memory = rememberPace(rememberFocus(kept, focus), focus);
  const situation = situationOf(input, memory, focus);
  const settleAll = (findings: readonly Finding[]): Settled[] =>
    findings.map((finding) => {
      const account = accountOfPart(finding.id, focus);
      return settle(finding, tickOf(memory, finding.id, account), account, input.nowMs);
    });
  const isolate = settleAll(isolateFindings(situation));
  const unlock = settleAll(unlockFindings(situation));
  const restore = settleAll(restoreFindings(situation));
  const verify = settleAll(verifyFindings(situation, restoredOf(restore)));
  const all = [...isolate, ...unlock, ...restore, ...verify];
  const steps = [
    stepOf('isolate', isolate, isolateNotes(situation)),
    stepOf('unlock', unlock, unlockNotes(situation)),
    stepOf('restore', restore, restoreNotes(situation)),
    stepOf('verify', verify, verifyNotes(situation)),
  ];
  const needed = all.filter(
    ({ part }) => part.state !== 'notNeeded' && (!part.optional || part.state === 'done'),
  );
  const checklist: Checklist = {
    incidentId: input.incident.id,
    instanceId: input.incident.instanceId,
    accountKey: focus?.key ?? null,
    accountName: focus?.name ?? null,
    accounts: input.incident.accounts.map(({ key, name }) => ({ key, name })),
    steps,
    next: nextOf(steps),
    done: needed.filter(({ part }) => part.state === 'done').length,
    total: needed.length,
    proven: isProven(all, situation),
  };
  return {
    checklist,
    memory: withTicks(memory, all),
    changes: all.flatMap(({ change }) => (change ? [change] : [])),
    nextLookAtMs: nextLook(all, situation),
  };
}

const tickOf = (memory: ChecklistMemory, part: ChecklistPartId, account: string | null): Tick | null =>
  memory.ticks.find((tick) => tick.part === part && tick.account === account) ?? null;

function withTicks(memory: ChecklistMemory, settled: readonly Settled[]): ChecklistMemory {
  let ticks = memory.ticks;
  for (const { tick } of settled) {
    if (!tick || ticks.includes(tick)) continue;
    const others = ticks.filter(({ part, account }) => part !== tick.part || account !== tick.account);
    ticks = [...others, tick];
  }
  return ticks === memory.ticks ? memory : { ...memory, ticks };
}

/** The last pace that was seen: what comes to an end has none any more. */
function rememberPace(memory: ChecklistMemory, focus: Focus | null): ChecklistMemory {
  const differs = (known: number | null, seen: number | null | undefined): seen is number =>
    typeof seen === 'number' && (known === null || Math.abs(seen - known) > known * PACE_DIFFERS);
  const { paceSeconds: pace, relockSeconds: relock } = focus?.account ?? {};
  if (!differs(memory.paceSeconds, pace) && !differs(memory.relockSeconds, relock)) return memory;
  return {
    ...memory,
    paceSeconds: pace ?? memory.paceSeconds,
    relockSeconds: relock ?? memory.relockSeconds,
  };
}

function restoredOf(settled: readonly Settled[]): Restored {
  const rule = settled.find(({ part }) => part.id === 'trustedRule')?.part;
  return { needed: rule?.optional === false, atMs: rule?.state === 'done' ? rule.atMs : null };
}

function stepOf(id: ChecklistStepId, settled: readonly Settled[], notes: readonly Phrase[]): ChecklistStep {
  const parts = settled.map(({ part }) => part);
  return { id, state: stateOf(parts), notes: [...notes], parts };
}

function stateOf(parts: readonly ChecklistPart[]): ChecklistState {
  const needed = parts.filter(
    ({ optional, state }) => state !== 'notNeeded' && (!optional || state === 'done'),
  );
  const has = (state: ChecklistState): boolean => parts.some((part) => part.state === state);
  if (has('reopened')) return 'reopened';
  if (parts.every(({ state }) => state === 'notNeeded')) return 'notNeeded';
  if (needed.every(({ state }) => state === 'done')) return needed.length > 0 ? 'done' : 'todo';
  if (has('doing') || has('done')) return 'doing';
  return needed.every(({ state }) => state === 'blocked' || state === 'done') ? 'blocked' : 'todo';
}

/** The first part that waits for somebody or something; one that cannot be done only when there is no other. */
function nextOf(steps: readonly ChecklistStep[]): Checklist['next'] {
  const all = steps.flatMap(({ id: step, parts }) => parts.map((part) => ({ step, part })));
  const waits = (states: readonly ChecklistState[]): Checklist['next'] => {
    const found = all.find(
      ({ part }) => states.includes(part.state) && (!part.optional || part.state === 'reopened'),
    );
    return found ? { step: found.step, part: found.part.id } : null;
  };
  return waits(['todo', 'doing', 'reopened']) ?? waits(['blocked']);
}

/**
 * Whether evidence, as it is now, shows the end: every proving part that is needed, nothing opened again, no account
 * of the incident locked or unknown. What was ticked by hand proves nothing.
 */
function isProven(settled: readonly Settled[], { input, focus }: Situation): boolean {
  if (settled.some(({ part }) => part.state === 'reopened')) return false;
  const shown = proving.every((id) => {
    const one = settled.find(({ part }) => part.id === id);
    if (!one) return false;
    if (one.part.state === 'notNeeded') return true;
    if (one.part.optional && one.part.state !== 'done') return true;
    return one.part.state === 'done' && one.part.by === 'evidence' && one.finding.says === 'shown';
  });
  const others = input.incident.accounts.filter(({ key, everLocked }) => everLocked && key !== focus?.key);
  return (
    shown &&
    others.every(({ key }) =>
      input.view?.accounts.some((account) => account.key === key && account.status === 'clear'),
    )
  );
}

function nextLook(settled: readonly Settled[], { input, exposure, nowMs }: Situation): number | null {
  const moments = settled.flatMap(({ part }) => (part.countdown ? [part.countdown.untilMs] : []));
  if (exposure) moments.push(exposure.takenAtMs + RULES_FRESH_MS + 1);
  const coming = moments.filter((atMs) => atMs > nowMs);
  return input.incident.state === 'open' && coming.length > 0 ? Math.min(...coming) : null;
}
