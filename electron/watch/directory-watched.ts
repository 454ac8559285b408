import type { DirectoryAccount, DirectoryId } from '../../shared/directory';
import type { DirectoryInput, DirectoryOutput } from '../../shared/directory-contract';
import { isDomain, type KnownDomain } from '../../shared/domain-account';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { mayUnlock, readBySid, readMatching, type StoredAccount } from '../sources/directory/accounts';
import type { DirectoryWorld } from './directory-connections';
import { DomainState, shownAccounts } from './directory-domain';
import { DirectoryFollower, readMissingPsos } from './directory-follower';
import type {
  DirectoryReport,
  DirectoryTarget,
  DomainReading,
  DomainReadings,
  UnlockReading,
  WantedAccount,
} from './directory-protocol';
import { controllerTable, tableWithoutPdc } from './directory-table';
import { afterDirectoryFailure, TELL_EVERY_MS, TELL_READING_EVERY_MS } from './directory-tuning';
import { type Deciding, DirectoryWatcher } from './directory-watcher';
import { type PdcAttemptStore, PdcAttempts } from './pdc-attempts';

export interface WatchedDirectoryOptions {
  readonly target: DirectoryTarget & { readonly id: DirectoryId };
  readonly world: DirectoryWorld;
  readonly wanted: () => readonly WantedAccount[];
  readonly publish: (report: DirectoryReport) => void;
  readonly onReadings: (readings: DomainReadings) => void;
  /** Where what the PDC emulator counted is kept; undefined while there is no store. */
  readonly attemptStore: () => PdcAttemptStore | undefined;
}

/** The SID of an account of a domain: nothing else goes into a name of an object. */
const DOMAIN_SID = /^S-1-5-21(-\d{1,10}){4,14}$/;

/** One directory in the evidence process: its watcher, what it has read, and the questions of the window about it. */
export class WatchedDirectory {
  readonly #options: WatchedDirectoryOptions;
  readonly #domain = new DomainState();
  readonly #follower: DirectoryFollower | undefined;
  readonly #watcher: DirectoryWatcher | undefined;
  #accounts: readonly DirectoryAccount[] = [];
  #cancelTell: (() => void) | undefined;
  #told: { readonly essence: string; readonly atMs: number } | undefined;
  #cancelChange: (() => void) | undefined;
  readonly #life = new AbortController();

  constructor(options: WatchedDirectoryOptions) {
    this.#options = options;
    const { target, world } = options;
    const { watch } = target.fields;
    if (watch === 'off') {
      this.#soon();
      return;
    }
    const attempts = new PdcAttempts(target.id, options.attemptStore);
    this.#follower = new DirectoryFollower({
      clock: world.clock,
      level: watch,
      domain: this.#domain,
      wanted: () => this.#wantedHere(),
      onWanted: (accounts, readAtMs) => this.#tellReadings(accounts, readAtMs),
      onRead: (accounts, readAtMs, whole) =>
        void attempts.seen({ accounts, readAtMs, whole, clockOffsetMs: this.#domain.clockOffsetMs }),
    });
    this.#watcher = new DirectoryWatcher({
      target,
      world,
      followed: this.#follower,
      onState: () => this.#soon(),
    });
  }

  start(): void {
    this.#watcher?.start();
  }

  async stop(): Promise<void> {
    this.#life.abort();
    this.#cancelTell?.();
    this.#cancelChange?.();
    await this.#watcher?.stop();
  }

  suspend(): void {
    this.#watcher?.suspend();
  }
  resume(): void {
    this.#watcher?.resume();
  }
  reconnect(): void {
    this.#watcher?.reconnect();
  }
  refresh(): void {
    this.#follower?.readAllNow();
    this.#watcher?.hurry();
  }
  wantedChanged(): void {
    if (this.#wantedHere().length > 0) this.#watcher?.hurry();
  }

  /** Locked and counting ones from what was read; with a text, what the PDC emulator finds for it. */
  async accounts(input: DirectoryInput<'accounts'>): Promise<Result<DirectoryOutput<'accounts'>>> {
    const { state, search, offset, limit } = input;
    const fits = ({ status }: DirectoryAccount): boolean =>
      state === 'both' ? true : status === state || status === 'unknown';
    if (search === '') {
      const all = this.#accounts.filter(fits);
      const accounts = all.slice(offset, offset + limit);
      return ok({ accounts, total: all.length, more: offset + accounts.length < all.length });
    }
    const deciding = this.#deciding();
    if (!deciding.ok) return deciding;
    const { session, root, signal } = deciding.value;
    const found: StoredAccount[] = [];
    const read = await readMatching(
      session,
      root.domainName,
      search,
      limit,
      (one) => found.push(one),
      signal,
    );
    if (!read.ok) return read;
    for (const one of found) this.#domain.note(one);
    const psos = await readMissingPsos(session, this.#domain, signal);
    if (!psos.ok) return psos;
    const atMs = this.#now();
    const accounts = found.map((stored) => this.#domain.view(stored, atMs, atMs).account);
    return ok({ accounts, total: accounts.length, more: read.value.more });
  }

  /** At every controller; without a way to the PDC emulator, at all others. */
  async table(accountKey: string): Promise<Result<DirectoryOutput<'table'>>> {
    if (!DOMAIN_SID.test(accountKey)) return err(appError('app.invalidArgument'));
    const { target, world } = this.#options;
    const about = { accountKey, fields: target.fields, domain: this.#domain, clock: world.clock };
    const deciding = this.#deciding();
    if (!deciding.ok && !this.#mayAskOthers()) return deciding;
    const made = await (deciding.ok
      ? controllerTable(
          { ...about, signal: deciding.value.signal },
          { pool: deciding.value.pool, pdc: deciding.value.session },
        )
      : tableWithoutPdc({ ...about, signal: this.#life.signal }, target, world));
    this.#soon();
    return made;
  }

  /** The PDC emulator failed by itself: nothing waits for the admin that asking elsewhere would go past. */
  #mayAskOthers(): boolean {
    const { failure } = this.#watcher?.state ?? { failure: null };
    return failure !== null && afterDirectoryFailure(failure) !== 'needsAdmin';
  }

  /** The account at the PDC emulator, read now. */
  async readForUnlock(accountKey: string): Promise<Result<UnlockReading>> {
    const deciding = this.#deciding();
    if (!deciding.ok) return deciding;
    const read = await this.#readNow(deciding.value, accountKey);
    if (!read.ok) return read;
    const { session, signal } = deciding.value;
    const permitted = await mayUnlock(session, accountKey, signal);
    if (!permitted.ok) return permitted;
    const { stored, account } = read.value;
    // By its name, whatever address the admin gave for it.
    const pdcHost = this.#domain.topology?.pdcHost ?? session.address.host;
    return ok({ account, pdcHost, stamp: stampOf(stored), permitted: permitted.value });
  }

  /**
   * lockoutTime to 0 at the PDC emulator (R11, R21), if the account is as it was shown, and read again. Errors:
   * directory.previewGone, directory.insufficientRights, those of reading.
   */
  async unlock(
    accountKey: string,
    stamp: string,
  ): Promise<
    Result<{
      verified: boolean;
      account: DirectoryAccount | null;
      notes: { key: string; params: Record<string, string | number> }[];
    }>
  > {
    const deciding = this.#deciding();
    if (!deciding.ok) return deciding;
    const before = await this.#readNow(deciding.value, accountKey);
    if (!before.ok) return before;
    if (stampOf(before.value.stored) !== stamp) return err(appError('directory.previewGone'));
    const { session, signal } = deciding.value;
    const { dn } = before.value.stored;
    const written = await session.replace(dn, 'lockoutTime', '0', signal);
    if (!written.ok) {
      if (written.error.code !== 'directory.insufficientRights') return written;
      const { bindUser } = this.#options.target.fields;
      return err(appError('directory.insufficientRights', { user: bindUser, right: 'unlock', object: dn }));
    }
    const after = await this.#readNow(deciding.value, accountKey);
    this.refresh();
    // It was written; what cannot be read again is not proven.
    if (!after.ok)
      return ok({
        verified: false,
        account: null,
        notes: [{ key: 'directory.unlock.notReadAgain', params: {} }],
      });
    const { account, stored } = after.value;
    const open = stored.lockoutTime === 0n && stored.lockedFlag !== true;
    // A failure that came at once may have locked it again: that is told, not hidden.
    const notes = open ? [] : [{ key: 'directory.unlock.lockedAgain', params: {} }];
    return ok({ verified: open, account, notes });
  }

  async #readNow(
    { session, signal }: Deciding,
    accountKey: string,
  ): Promise<Result<{ readonly stored: StoredAccount; readonly account: DirectoryAccount }>> {
    if (!DOMAIN_SID.test(accountKey)) return err(appError('app.invalidArgument'));
    const read = await readBySid(session, accountKey, signal);
    if (!read.ok) return read;
    if (!read.value) return err(appError('directory.noSuchObject', { object: accountKey }));
    const atMs = this.#now();
    this.#domain.put(read.value, atMs);
    const psos = await readMissingPsos(session, this.#domain, signal);
    if (!psos.ok) return psos;
    this.#soon();
    return ok({ stored: read.value, account: this.#domain.view(read.value, atMs, atMs).account });
  }

  #deciding(): Result<Deciding> {
    const deciding = this.#watcher?.deciding;
    if (deciding) return ok(deciding);
    const { failure } = this.#watcher?.state ?? { failure: null };
    return err(failure ?? appError('directory.pdcUnknown', { domain: this.#options.target.fields.domain }));
  }

  #now(): number {
    return this.#options.world.clock.now();
  }

  /** Accounts of this domain that instances speak of. */
  #wantedHere(): readonly WantedAccount[] {
    const known = this.#knownDomain();
    return this.#options.wanted().filter(({ domain }) => isDomain(domain, known));
  }

  #knownDomain(): KnownDomain {
    const topology = this.#domain.topology;
    return {
      netbiosName: topology?.netbiosName ?? null,
      dnsDomain: this.#options.target.fields.domain,
      sid: topology?.domainSid ?? null,
    };
  }

  #tellReadings(accounts: readonly StoredAccount[], atMs: number): void {
    const { target, onReadings } = this.#options;
    const clockOffsetMs = this.#domain.clockOffsetMs;
    onReadings({
      id: target.id,
      domain: this.#knownDomain(),
      clockOffsetMs,
      readings: accounts.map((stored) => this.#reading(stored, atMs)),
    });
  }

  #reading(stored: StoredAccount, atMs: number): DomainReading {
    const { account } = this.#domain.view(stored, atMs, atMs);
    return {
      name: stored.name,
      sid: stored.key,
      atMs,
      enabled: stored.enabled,
      locked: account.status === 'unknown' ? stored.lockedFlag : account.status === 'locked',
      badPasswordCount: stored.badPasswordCount,
      badPasswordTime: stored.badPasswordTime,
      lockoutTime: stored.lockoutTime,
      policy: this.#domain.governing(stored)?.policy ?? null,
    };
  }

  #soon(): void {
    if (this.#life.signal.aborted) return;
    this.#cancelTell ??= this.#options.world.clock.after(TELL_EVERY_MS, () => {
      this.#cancelTell = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    const { target, publish, world } = this.#options;
    const nowMs = world.clock.now();
    const { accounts, nextChangeAtMs } = this.#domain.evaluate(nowMs);
    this.#accounts = accounts;
    this.#cancelChange?.();
    this.#cancelChange =
      nextChangeAtMs === null
        ? undefined
        : world.clock.after(Math.max(1, nextChangeAtMs - nowMs), () => this.#soon());
    const state = this.#watcher?.state;
    const follower = this.#follower;
    const count = (status: DirectoryAccount['status']): number =>
      accounts.reduce((sum, account) => sum + (account.status === status ? 1 : 0), 0);
    const [locked, counting, unknown] = [count('locked'), count('counting'), count('unknown')];
    const topology = this.#domain.topology;
    const readOnce = follower?.checkedAtMs !== undefined && follower.checkedAtMs !== null;
    const status =
      !readOnce || follower?.readable === false
        ? locked > 0 && readOnce
          ? 'locked'
          : 'unknown'
        : locked > 0
          ? 'locked'
          : counting > 0
            ? 'counting'
            : unknown > 0
              ? 'unknown'
              : 'clear';
    const report: DirectoryReport = {
      questions: state?.questions ?? [],
      view: {
        id: target.id,
        status,
        reason:
          status !== 'unknown'
            ? null
            : target.fields.watch === 'off'
              ? { key: 'directory.reason.off', params: {} }
              : !readOnce
                ? { key: 'directory.reason.neverRead', params: {} }
                : follower?.readable === false
                  ? { key: 'directory.reason.mayNotRead', params: {} }
                  : (accounts.find((account) => account.status === 'unknown')?.reason ?? null),
        checkedAtMs: follower?.checkedAtMs ?? null,
        connection: state?.connection ?? 'off',
        failure: state?.failure ?? null,
        nextAttemptAtMs: state?.nextAttemptAtMs ?? null,
        domainName: topology?.domainName ?? null,
        netbiosName: topology?.netbiosName ?? null,
        domainSid: topology?.domainSid ?? null,
        pdcHost: topology?.pdcHost ?? null,
        controllers: (topology?.controllers ?? []).map((controller) => ({
          host: controller.host,
          site: controller.site,
          readOnly: controller.readOnly,
          pdc: controller.pdc,
          contact: controller.pdc && state?.connection === 'following' ? 'answers' : 'notTried',
          failure: null,
          checkedAtMs: controller.pdc ? (follower?.checkedAtMs ?? null) : null,
          roundTripMs: null,
          clockOffsetMs: controller.pdc ? this.#domain.clockOffsetMs : null,
        })),
        policy: this.#domain.policyView(),
        passwordSettings: this.#domain.psoViews(),
        locked,
        counting,
        accounts: shownAccounts(accounts),
        lastFull: follower?.lastFull ?? null,
        lastIncremental: follower?.lastIncremental ?? null,
        doubts: [
          ...(Math.abs(this.#domain.clockOffsetMs) > 60_000
            ? [
                {
                  key: 'directory.doubt.clock',
                  params: { seconds: Math.round(this.#domain.clockOffsetMs / 1000) },
                },
              ]
            : []),
          ...(this.#domain.psoUnreadable ? [{ key: 'directory.doubt.psoUnreadable', params: {} }] : []),
        ],
      },
    };
    const essence = essenceOf(report);
    const readAgainOnly = this.#told?.essence === essence;
    if (readAgainOnly && nowMs - (this.#told?.atMs ?? 0) < TELL_READING_EVERY_MS) return;
    this.#told = { essence, atMs: nowMs };
    publish(report);
  }
}

/** Everything but when it was read. */
const essenceOf = ({ view, questions }: DirectoryReport): string =>
  JSON.stringify([
    questions,
    {
      ...view,
      accounts: [],
      passwordSettings: view.passwordSettings?.length ?? null,
      controllers: view.controllers.map((one) => ({ ...one, checkedAtMs: null })),
      checkedAtMs: null,
      lastFull: null,
      lastIncremental: null,
      policy: { ...view.policy, readAtMs: 0 },
    },
    view.accounts.map((account) => ({ ...account, readAtMs: 0 })),
  ]);

/** Whatever tells one state of an account from another. */
const stampOf = ({ lockoutTime, badPasswordCount, badPasswordTime, dn }: StoredAccount): string =>
  JSON.stringify([String(lockoutTime), badPasswordCount, String(badPasswordTime), dn]);
