import type { InstanceView } from '../../../shared/account-status';
import type { AuditRecord } from '../../../shared/audit';
import { appError } from '../../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { administratorOf, type PasswordReset, signsInAs } from '../../../shared/password-reset';
import { checkPassword } from '../../../shared/password-rules';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { AuditTrail } from '../../audit/trail';
import type { CloudProvider, InstanceRef } from '../../cloud/provider';
import type { Clock } from '../../watch/clock';
import { auditInstance } from '../audit-instance';
import type { UnlockFacts } from '../facts';
import { HeldPasswords } from './held-passwords';
import { reachOf } from './reach';
import type { ResetFile } from './reset-file';
import { CLEARS_AFTER_MS, type SecretClipboard } from './secret-clipboard';
import {
  afterRestart,
  begun,
  isOver,
  type KnownReset,
  looked,
  lookFailed,
  oldIsGone,
  passwordAnswered,
  reached,
  rebootAnswered,
  rebootBegun,
  waitCancelled,
  watchedAgain,
} from './state';

/** An instance whose cloud can set its password. */
export interface ResetTarget {
  readonly ref: InstanceRef;
  readonly provider: Required<Pick<CloudProvider, 'resetPassword' | 'reboot' | 'instanceState'>>;
}

export interface PasswordResetOptions {
  /** Null: there is no way to its cloud, or that cannot set a password. */
  readonly targetOf: (id: InstanceId) => ResetTarget | null;
  readonly profileOf: (id: InstanceId) => ConnectionProfile | undefined;
  readonly viewOf: (id: InstanceId) => InstanceView | undefined;
  readonly file: ResetFile;
  readonly clipboard: SecretClipboard;
  /** Keeps it in the vault as the password of the instance's own hop, and signs in anew with it. */
  readonly keep: (id: InstanceId, password: string) => Promise<Result<null>>;
  readonly audit: Pick<AuditTrail, 'append' | 'appendLater'>;
  readonly facts: UnlockFacts;
  readonly clock: Clock;
  readonly admin: () => string;
  readonly onResets: (resets: readonly PasswordReset[]) => void;
}

export interface PasswordResetService {
  /** Reads what waits from before, and goes on waiting for reboots that were asked for. */
  start(): Promise<readonly Notice[]>;
  resets(): readonly PasswordReset[];
  /** Sets the password, once. Everything but an answer of the cloud leaves it "may be set". */
  begin(id: InstanceId, password: string, how: { keep: boolean; reason: string }): Promise<Result<null>>;
  /** Reboots through the cloud, once. What comes of it is seen in the state. */
  reboot(id: InstanceId): Promise<Result<null>>;
  copy(id: InstanceId): Promise<Result<{ clearsAfterSeconds: number }>>;
  save(id: InstanceId): Promise<Result<null>>;
  forget(id: InstanceId): Promise<Result<null>>;
  cancelWait(id: InstanceId): Promise<Result<null>>;
  watch(id: InstanceId): Promise<Result<null>>;
  /** Profiles came, changed or went: what belongs to none is not shown. */
  profilesChanged(): void;
  /** Forgets every password and what of them is on the clipboard. */
  dispose(): Promise<void>;
}

const LOOK_EVERY_MS = 3000;
/** A password that nobody has let go of is let go of here. */
const HELD_FOR_MS = 30 * 60_000;
const done = ok(null);

/** Resets the passwords of instances through their cloud, and remembers which still wait for their reboot. */
export function createPasswordResets(options: PasswordResetOptions): PasswordResetService {
  const { clock, file, audit, facts } = options;
  const quitting = new AbortController();
  const held = new HeldPasswords();
  const letGo = new Map<InstanceId, () => void>();
  const known = new Map<InstanceId, KnownReset>();
  const looks = new Map<InstanceId, () => void>();
  const calling = new Set<InstanceId>();

  const shown = (state: KnownReset): PasswordReset => ({
    ...state,
    held: held.has(state.id),
    signsIn: signsInAs(options.profileOf(state.id), state.account),
  });
  const resets = (): readonly PasswordReset[] =>
    [...known.values()].filter(({ id }) => options.profileOf(id) !== undefined).map(shown);
  const tell = (): void => options.onResets(resets());

  /** On the disk first, so that a crash never forgets a reset that may have happened. */
  async function set(state: KnownReset): Promise<Result<null>> {
    const next = new Map(known).set(state.id, state);
    const written = await file.write([...next.values()].filter((one) => !isOver(one)));
    known.set(state.id, state);
    tell();
    return written;
  }

  function drop(id: InstanceId): void {
    held.drop(id);
    letGo.get(id)?.();
    letGo.delete(id);
  }

  function hold(id: InstanceId, password: string): void {
    drop(id);
    held.hold(id, password);
    const cancel = clock.after(HELD_FOR_MS, () => {
      drop(id);
      tell();
    });
    letGo.set(id, cancel);
  }

  const record = (
    { id, account }: KnownReset,
    action: 'resetPassword' | 'rebootInstance',
    changes: Partial<AuditRecord>,
  ): AuditRecord => ({
    action,
    outcome: 'begun',
    admin: options.admin(),
    instance: auditInstance(id, options.profileOf(id)),
    reason: '',
    incident: '',
    before: action === 'resetPassword' ? `password of ${account}` : '',
    after: '',
    requestIds: [],
    error: null,
    entryId: null,
    ...changes,
  });

  const accountKeyOf = ({ id, account }: KnownReset): string | null =>
    options.viewOf(id)?.accounts.find(({ name }) => name.toLowerCase() === account.toLowerCase())?.key ??
    null;

  function note(state: KnownReset, kind: 'passwordReset' | 'rebooted'): void {
    const { id: instanceId, account } = state;
    const text = { key: `unlock.fact.${kind}`, params: { account } };
    const about = {
      instanceId,
      atMs: clock.now(),
      who: options.admin(),
      accountKey: accountKeyOf(state),
      text,
    };
    facts.note({ ...about, kind });
  }

  /** One call at a time an instance; what it comes to is written down whatever happens. */
  async function alone(id: InstanceId, run: () => Promise<Result<null>>): Promise<Result<null>> {
    if (calling.has(id)) return err(appError('app.busy'));
    calling.add(id);
    try {
      return await run();
    } finally {
      calling.delete(id);
    }
  }

  async function begin(
    target: ResetTarget,
    first: KnownReset,
    password: string,
    reason: string,
  ): Promise<Result<null>> {
    const { id, account } = first;
    const row = await audit.append(record(first, 'resetPassword', { reason }));
    if (!row.ok) return row;
    const written = await set(first);
    if (!written.ok) {
      known.delete(id);
      tell();
      return written;
    }
    hold(id, password);
    tell();
    const answer = await target.provider.resetPassword(target.ref, password, quitting.signal);
    const state = passwordAnswered(first, answer.ok ? null : answer.error, clock.now());
    if (state.phase === 'refused') drop(id);
    // What cannot be written now is in memory, and the file still says that it may be set.
    await set(state);
    if (state.phase === 'set') note(state, 'passwordReset');
    await audit.appendLater(
      record(state, 'resetPassword', {
        reason,
        outcome: state.phase === 'set' ? 'succeeded' : state.phase === 'maybeSet' ? 'unverified' : 'failed',
        after: state.phase === 'set' ? `new password of ${account}, waits for the reboot` : '',
        requestIds: requestIdsOf(answer),
        error: answer.ok ? null : answer.error.code,
      }),
    );
    return done;
  }

  async function reboot(target: ResetTarget, before: KnownReset): Promise<Result<null>> {
    const { id } = before;
    const first = rebootBegun(before, clock.now());
    const row = await audit.append(record(first, 'rebootInstance', {}));
    if (!row.ok) return row;
    const written = await set({ ...first, watching: false });
    if (!written.ok) {
      known.set(id, before);
      tell();
      return written;
    }
    const answer = await target.provider.reboot(target.ref, quitting.signal);
    const state = rebootAnswered(before, first, answer.ok ? null : answer.error);
    await set(state);
    await audit.appendLater(
      record(state, 'rebootInstance', {
        outcome: answer.ok ? 'succeeded' : state.phase === 'rebooting' ? 'unverified' : 'failed',
        requestIds: requestIdsOf(answer),
        error: answer.ok ? null : answer.error.code,
      }),
    );
    if (state.watching) lookSoon(id);
    return done;
  }

  function lookSoon(id: InstanceId): void {
    looks.get(id)?.();
    const cancel = clock.after(LOOK_EVERY_MS, () => {
      looks.delete(id);
      void look(id);
    });
    looks.set(id, cancel);
  }

  /** Once more at the instance, by the cloud until it runs again, then by SSH; and again later, while it is waited for. */
  async function look(id: InstanceId): Promise<void> {
    const state = known.get(id);
    if (!state?.watching || quitting.signal.aborted) return;
    const next = state.phase === 'rebooting' ? await byCloud(state) : bySsh(state);
    // What came in the meantime, such as "wait no more", stands.
    if (next && known.get(id) === state) {
      if (next !== state) await set(next);
      if (state.phase === 'rebooting' && next.phase === 'reaching') note(next, 'rebooted');
      if (next.keep === 'onReboot' && oldIsGone(next)) await keep(next);
    }
    if (known.get(id)?.watching) lookSoon(id);
  }

  async function byCloud(state: KnownReset): Promise<KnownReset | null> {
    const target = options.targetOf(state.id);
    if (!target) return waitCancelled(state);
    const answer = await target.provider.instanceState(target.ref, quitting.signal);
    if (quitting.signal.aborted) return null;
    if (!answer.ok) return lookFailed(state, answer.error, clock.now());
    return looked(state, answer.value.status, clock.now());
  }

  const bySsh = (state: KnownReset): KnownReset =>
    reached(
      state,
      reachOf(options.viewOf(state.id), options.profileOf(state.id), state.runningAtMs ?? 0),
      clock.now(),
    );

  async function keep(state: KnownReset): Promise<Result<null>> {
    const password = held.read(state.id);
    const kept =
      password === null ? err(appError('vault.secretMissing')) : await options.keep(state.id, password);
    const now = known.get(state.id);
    if (now) await set({ ...now, keep: kept.ok ? 'kept' : 'failed' });
    return kept;
  }

  /** Does something with a reset that is there. */
  const withReset = async (
    id: InstanceId,
    run: (state: KnownReset) => Promise<Result<null>>,
  ): Promise<Result<null>> => {
    const state = known.get(id);
    return state ? run(state) : err(appError('app.notFound'));
  };

  return {
    async start() {
      const notices = await file.open();
      for (const state of file.read()) {
        // A profile that is gone at the start does not come back.
        if (options.profileOf(state.id)) known.set(state.id, afterRestart(state));
      }
      for (const { id, watching } of known.values()) if (watching) lookSoon(id);
      tell();
      return notices;
    },
    resets,
    begin: (id, password, { keep: keepIt, reason }) =>
      alone(id, async () => {
        const target = options.targetOf(id);
        if (!target) return err(appError('app.notFound'));
        const running = known.get(id);
        if (running?.watching) return err(appError('app.busy'));
        const account = administratorOf(options.viewOf(id));
        if (checkPassword(password, account).errors.length > 0) return err(appError('app.invalidArgument'));
        const signsIn = signsInAs(options.profileOf(id), account);
        return begin(target, begun(id, account, keepIt && signsIn, clock.now()), password, reason);
      }),
    reboot: (id) =>
      alone(id, () =>
        withReset(id, async (state) => {
          const target = options.targetOf(id);
          if (!target) return err(appError('app.notFound'));
          if (state.watching || isOver(state) || state.phase === 'setting') return err(appError('app.busy'));
          return reboot(target, state);
        }),
      ),
    async copy(id) {
      const password = held.read(id);
      if (password === null) return err(appError('vault.secretMissing'));
      await options.clipboard.copy(password);
      return ok({ clearsAfterSeconds: CLEARS_AFTER_MS / 1000 });
    },
    save: (id) =>
      withReset(id, async (state) => {
        if (!held.has(id) || !signsInAs(options.profileOf(id), state.account)) {
          return err(appError('vault.secretMissing'));
        }
        return oldIsGone(state) ? keep(state) : set({ ...state, keep: 'onReboot' });
      }),
    forget: (id) =>
      withReset(id, async (state) => {
        if (calling.has(id)) return err(appError('app.busy'));
        drop(id);
        if (isOver(state)) known.delete(id);
        else if (state.keep === 'onReboot') return set({ ...state, keep: 'no' });
        tell();
        return done;
      }),
    cancelWait: (id) => withReset(id, (state) => set(waitCancelled(state))),
    watch: (id) =>
      withReset(id, async (state) => {
        if (state.watching) return done;
        const written = await set(watchedAgain(state));
        if (known.get(id)?.watching) lookSoon(id);
        return written;
      }),
    profilesChanged: tell,
    async dispose() {
      quitting.abort();
      for (const cancel of looks.values()) cancel();
      looks.clear();
      for (const cancel of letGo.values()) cancel();
      letGo.clear();
      held.dropAll();
      await options.clipboard.clearNow();
    },
  };
}

const requestIdsOf = (answer: Result<{ readonly requestId: string }>): string[] => {
  const id = answer.ok ? answer.value.requestId : String(answer.error.params.requestId ?? '');
  return id === '' || id === '-' ? [] : [id];
};
