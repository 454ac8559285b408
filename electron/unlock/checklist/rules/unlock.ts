import type { Phrase, ProofEvent } from '../../../../shared/account-status';
import type { ChecklistAction } from '../../../../shared/checklist';
import { finding, type Said } from './finding';
import { SAME_MOMENT_MS } from './focus';
import { lockSeenMs, notSeenNotes, phrase, type Situation } from './situation';
import { staleCredentials } from './stale';
import type { Finding, Focus } from './types';

/** The provider's console address may be used for so long, milliseconds. */
const CONSOLE_ADDRESS_MS = 15_000;

/** Step 2: the account free again. Pure. */
export function unlockFindings(situation: Situation): readonly Finding[] {
  const signIn = consoleSignIn(situation);
  const stale = staleCredentials(situation);
  return [
    consoleOpened(situation, signIn),
    ctrlAltDel(situation, signIn),
    passwordReset(situation, signIn),
    signIn,
    accountUnlocked(situation),
    ...(stale ? [stale] : []),
  ];
}

/** Why the console is not the way, or no longer; null: it is. */
function withoutConsole(situation: Situation): Said | null {
  const { focus, unlocked } = situation;
  const no = (key: string): Said => ({ says: 'notNeeded', evidence: phrase(`evidence.${key}`) });
  if (focus === null) return no('noAccount');
  if (focus.kind === 'domain') return no('decidedByDirectory');
  if (unlocked) return { ...no('unlockedOtherwise'), atMs: unlocked.atMs };
  if (isNotLocked(focus)) return no('notLocked');
  return null;
}

const isNotLocked = ({ account, everLocked }: Focus): boolean =>
  !everLocked && (account?.status === 'clear' || account?.status === 'counting');

/** The sign-in at the console that counts, with who signed in: of the account, or of Administrator in its stead. */
function signInOf(situation: Situation): (ProofEvent & { readonly name: string }) | null {
  const { focus, input } = situation;
  if (!focus || focus.kind === 'domain') return null;
  const own = focus.account?.proofs.consoleSignIn;
  // Of one moment the order does not tell; an account that is locked now locked after it.
  const after = situation.lockedNow
    ? (lockedAtMs(situation) ?? Number.POSITIVE_INFINITY)
    : lockSeenMs(input, focus.account) - SAME_MOMENT_MS;
  if (own && own.atMs > after) return { ...own, name: focus.name };
  if (focus.kind === 'builtinAdministrator') return null;
  for (const { builtinAdministrator, name, proofs } of input.view?.accounts ?? []) {
    const other = proofs.consoleSignIn;
    if (builtinAdministrator && other && other.atMs >= input.incident.openedAtMs) return { ...other, name };
  }
  return null;
}

function consoleSignIn(situation: Situation): Finding {
  const { focus, input, lockedNow } = situation;
  const builtin = focus?.kind === 'builtinAdministrator';
  const admin = input.view?.accounts.find((one) => one.builtinAdministrator)?.name ?? 'Administrator';
  const params = { account: focus?.name ?? '', admin: builtin ? (focus?.name ?? admin) : admin };
  const say = (said: Said): Finding =>
    finding('consoleSignIn', builtin ? 'builtin' : 'local', params, {
      actions: [{ kind: 'openConsole' }],
      ...said,
    });
  const signIn = signInOf(situation);
  if (signIn) {
    const evidence = phrase('evidence.consoleSignIn', { account: signIn.name });
    return say({ says: 'shown', atMs: signIn.atMs, evidence, actions: [] });
  }
  const without = withoutConsole(situation);
  if (without) return say({ ...without, actions: [] });
  if (builtin && lockedNow && focus.account?.proofs.consoleSignIn) {
    const evidence = phrase('evidence.lockedAgain', { account: focus.name });
    return say({ says: 'against', holdsNow: true, atMs: lockedAtMs(situation), evidence });
  }
  if (situation.console === null) return say(noConsole(situation));
  return say({ doing: situation.memory.consoleOpened !== null });
}

const noConsole = ({ input }: Situation): Said => ({
  says: 'blocked',
  evidence: phrase('evidence.noConsole'),
  actions: input.isolation === null ? [{ kind: 'linkCloud' }] : [],
});

/** What opening the console and its first keys have in common: a sign-in there shows that both were done. */
function onTheWay(situation: Situation, signIn: Finding, done: Said | null): Said {
  if (signIn.says === 'shown') {
    return done ?? { says: 'shown', atMs: signIn.atMs, evidence: phrase('evidence.impliedBySignIn') };
  }
  if (signIn.says === 'notNeeded') return { says: 'notNeeded', evidence: signIn.evidence, actions: [] };
  if (done) return done;
  return situation.console === null ? noConsole(situation) : {};
}

function consoleOpened(situation: Situation, signIn: Finding): Finding {
  const { memory, nowMs, console } = situation;
  const opened = memory.consoleOpened;
  const untilMs = opened?.console === 'cloud' ? opened.atMs + CONSOLE_ADDRESS_MS : 0;
  const done: Said | null = opened && {
    says: 'shown',
    atMs: opened.atMs,
    who: opened.who,
    evidence: phrase(`evidence.consoleOpened.${opened.console}`),
    countdown: untilMs > nowMs ? { label: phrase('countdown.consoleAddress'), untilMs } : null,
  };
  return finding(
    'consoleOpened',
    console ?? 'none',
    {},
    {
      actions: [{ kind: 'openConsole' }],
      ...onTheWay(situation, signIn, done),
    },
  );
}

function ctrlAltDel(situation: Situation, signIn: Finding): Finding {
  const sent = situation.memory.ctrlAltDel;
  const done: Said | null = sent && {
    says: 'shown',
    atMs: sent.atMs,
    who: sent.who,
    evidence: phrase('evidence.ctrlAltDel'),
  };
  return finding(
    'ctrlAltDel',
    'any',
    {},
    {
      actions: [{ kind: 'openConsole' }],
      ...onTheWay(situation, signIn, done),
    },
  );
}

/** R12: a new password frees nothing, and a reset through the provider takes effect with the next start only. */
function passwordReset(situation: Situation, signIn: Finding): Finding {
  const { memory, input, focus } = situation;
  const byProvider = input.provider?.passwordReset === 'reboot';
  const variant = focus?.kind === 'domain' ? 'domain' : byProvider ? 'provider' : 'byHand';
  const actions: ChecklistAction[] =
    focus?.kind === 'domain' ? [{ kind: 'openDirectory' }] : byProvider ? [{ kind: 'resetPassword' }] : [];
  const say = (said: Said): Finding =>
    finding('passwordReset', variant, { account: focus?.name ?? '' }, { actions, optional: true, ...said });
  const { passwordReset: reset, rebooted } = memory;
  const event = focus?.account?.proofs.passwordReset ?? null;
  if (event && event.atMs >= input.incident.openedAtMs) {
    const evidence =
      event.by === null ? phrase('evidence.passwordSet') : phrase('evidence.passwordSetBy', { by: event.by });
    return say({ says: 'shown', atMs: event.atMs, evidence });
  }
  if (reset) {
    if (rebooted === null || rebooted.atMs < reset.atMs) {
      return say({ doing: true, evidence: phrase('evidence.passwordNeedsReboot') });
    }
    return say({ says: 'shown', ...rebooted, evidence: phrase('evidence.passwordReset') });
  }
  if (signIn.says === 'shown') return say({ says: 'notNeeded', evidence: phrase('evidence.passwordKnown') });
  if (signIn.says === 'notNeeded') return say({ says: 'notNeeded', evidence: signIn.evidence });
  return say({});
}

/** When the lock that holds now began, or was last seen. */
const lockedAtMs = ({ focus }: Situation): number | null => {
  const account = focus?.account;
  if (!account) return null;
  const times = [account.lockedAtMs, account.proofs.lockSeenAtMs].filter((at) => at !== null);
  return times.length > 0 ? Math.max(...times) : null;
};

function accountUnlocked(situation: Situation): Finding {
  const { focus, unlocked, lockedNow, watched, memory } = situation;
  const account = focus?.account ?? null;
  const key = focus?.key ?? '';
  const domain = focus?.kind === 'domain';
  const variant = domain ? 'domain' : focus?.kind === 'builtinAdministrator' ? 'builtin' : 'local';
  const actions: ChecklistAction[] = [
    ...(domain ? [{ kind: 'openDirectory' } as const] : []),
    { kind: 'unlockAccount', accountKey: key },
    { kind: 'openAccount', accountKey: key },
  ];
  const say = (said: Said): Finding =>
    finding(
      'accountUnlocked',
      variant,
      { account: focus?.name ?? '' },
      {
        actions: focus ? actions : [],
        byHand: domain || !watched,
        ...said,
      },
    );
  if (!focus) return say({ says: 'notNeeded', evidence: phrase('evidence.noAccount') });
  if (lockedNow && account) {
    const until = account.autoUnlockAtMs;
    return say({
      says: 'against',
      holdsNow: !domain,
      atMs: lockedAtMs(situation),
      evidence: phrase(account.lockedUntilAdmin ? 'evidence.lockedUntilAdmin' : 'evidence.locked'),
      countdown: until === null ? null : { label: phrase('countdown.autoUnlock'), untilMs: until },
    });
  }
  if (isNotLocked(focus)) return say({ says: 'notNeeded', evidence: phrase('evidence.notLocked') });
  if (unlocked) return say({ says: 'shown', ...unlocked });
  const tried = memory.unlocks.some((one) => one.account === focus.key && !one.verified);
  if (tried) return say({ doing: true, evidence: phrase('evidence.unlockNotVerified') });
  if (!account || account.status === 'unknown') {
    return say({ says: 'unknown', evidence: account?.reason ?? phrase('evidence.stateUnknown') });
  }
  return say({ says: 'unknown', doing: true, evidence: phrase('evidence.notReadSince') });
}

/** What is to be known about unlocking this account. Pure. */
export function unlockNotes(situation: Situation): readonly Phrase[] {
  const { focus, input, memory, exposure, unlocked } = situation;
  if (!focus) return [];
  const { account } = focus;
  const notes: Phrase[] = [];
  const params = { account: focus.name };
  if (!unlocked && !isNotLocked(focus)) {
    notes.push(...notSeenNotes(situation), phrase(`note.${focus.kind}`, params));
    if (account?.lockedUntilAdmin) notes.push(phrase('note.untilAdmin', params));
    const seconds = account?.relockSeconds ?? memory.relockSeconds;
    const shut = exposure?.verdict === 'closed' || exposure?.verdict === 'trustedOnly';
    if (seconds !== null && !account?.lockedUntilAdmin && !shut) {
      notes.push(phrase('note.relock', { ...params, seconds: Math.max(1, Math.round(seconds)) }));
    }
  }
  if (account?.disabled) notes.push(phrase('note.disabled', params));
  const others = (input.view?.accounts ?? []).filter(
    ({ key, status }) =>
      status === 'locked' && key !== focus.key && input.incident.accounts.some((one) => one.key === key),
  );
  const [first] = others;
  if (first) notes.push(phrase('note.lockedToo', { account: first.name, others: others.length - 1 }));
  return notes;
}
