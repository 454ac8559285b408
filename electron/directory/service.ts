import type { InstanceView, Phrase } from '../../shared/account-status';
import type { AuditRecord } from '../../shared/audit';
import {
  type Certificate,
  type CertificateQuestion,
  type DirectoryAccount,
  type DirectoryFields,
  type DirectoryId,
  type DirectoryProfile,
  knownDomain,
} from '../../shared/directory';
import type { DirectoryInput, DirectoryOutput, DirectorySnapshot } from '../../shared/directory-contract';
import type { KnownDomain } from '../../shared/domain-account';
import { appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { InstanceModel } from '../lockout';
import { directorySlot } from '../secrets/directory-slot';
import type { Vault } from '../secrets/vault';
import type { DomainUnlocker } from '../unlock/account-unlock/domain-unlocker';
import type { Clock } from '../watch/clock';
import type { DirectoryLink, DirectoryRequest } from '../watch/directory-link';
import type {
  DirectoryHostEvents,
  DomainReadings,
  UnlockReading,
  WantedAccount,
} from '../watch/directory-protocol';
import { asInstanceView } from './as-instance-view';
import { DirectoryBoard } from './board';
import { createDirectoryUnlocker } from './domain-unlocker';
import { joinTruth, wantedOf, withoutCovered } from './join';
import type { DirectoryStore } from './profile-store';
import { DirectorySecretDesk } from './secret-desk';
import { unlockConsequences, unlockObstacles } from './unlock-words';

/** A plan older than this is shown anew. */
const PREVIEW_MS = 5 * 60_000;
/** That a reading was repeated with the same values, and nothing else, counts as news this seldom. Milliseconds. */
const TELL_READING_EVERY_MS = 10_000;

export interface DirectoryServiceOptions {
  readonly store: DirectoryStore;
  readonly vault: Pick<Vault, 'lend' | 'settle' | 'stateOf' | 'set' | 'keepOnly' | 'onChange'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly staleAfterSeconds: () => number;
  /** The parts that have changed. */
  readonly onState: (state: Partial<DirectorySnapshot>) => void;
  readonly onCheck: (report: DirectoryHostEvents['directory.checked']) => void;
  /** What domain accounts stand at may have changed: instances that speak of them are evaluated again. */
  readonly onTruth: () => void;
  readonly audit: { append(record: AuditRecord): Promise<unknown> };
  readonly admin: () => string;
  /** An account was unlocked; `instances` are those whose evidence speaks of it, with its key there. */
  readonly onUnlocked: (unlocked: {
    readonly account: DirectoryAccount;
    readonly verified: boolean;
    readonly instances: readonly { readonly id: InstanceId; readonly accountKey: string }[];
  }) => void;
}

interface Preview {
  readonly id: DirectoryId;
  readonly reading: UnlockReading;
  readonly untilMs: number;
}

interface Check {
  readonly id: DirectoryId | null;
  question: CertificateQuestion | null;
}

/** The directories as main knows them: profiles, what their domains' controllers say, checks and unlocks. */
export class DirectoryService {
  readonly #options: DirectoryServiceOptions;
  readonly #board: DirectoryBoard;
  readonly #desk: DirectorySecretDesk;
  readonly #truth = new Map<DirectoryId, DomainReadings>();
  readonly #previews = new Map<string, Preview>();
  readonly #checks = new Map<string, Check>();
  readonly #rejected = new Set<string>();
  /** Accepted in a check of a directory that is not saved yet. */
  readonly #drafted: Certificate[] = [];
  #request: DirectoryRequest | undefined;
  #wanted: readonly WantedAccount[] = [];
  #fleet: readonly InstanceView[] = [];
  #joined = new WeakMap<InstanceModel, { readonly version: number; readonly model: InstanceModel }>();
  #version = 0;
  readonly #told = new Map<string, string>();
  #stopListening: (() => void)[] = [];

  constructor(options: DirectoryServiceOptions) {
    this.#options = options;
    const { clock, staleAfterSeconds, vault, store } = options;
    this.#board = new DirectoryBoard({ clock, staleAfterSeconds, onChange: () => this.#tell() });
    this.#desk = new DirectorySecretDesk(vault, (id) => store.get(id));
  }

  /** How the evidence process and this service speak with each other; handed to the fleet, which owns the process. */
  readonly link: DirectoryLink = {
    handlers: { 'directory.secret': (input) => this.#desk.read(input) },
    listeners: {
      'directory.changed': (report) => this.#board.accept(report),
      'directory.read': (readings) => this.#accept(readings),
      'directory.settled': (settled) => void this.#desk.settled(settled),
      'directory.checked': (report) => this.#checked(report),
    },
    ready: (request) => {
      this.#request = request;
      this.#sendTargets();
      void request('directory.want', this.#wanted);
    },
    gone: () => {
      this.#request = undefined;
      this.#forgetTruth();
      this.#board.allStale();
    },
    enrich: (model) => this.#enrich(model),
  };

  start(): void {
    const { store, vault } = this.#options;
    this.#stopListening = [store.onChange(() => this.#profilesChanged()), vault.onChange(() => this.#tell())];
    this.#profilesChanged();
  }

  dispose(): void {
    for (const stop of this.#stopListening) stop();
    this.#board.dispose();
  }

  /** The computer woke up: nothing that was read before is believed. */
  resume(): void {
    this.#forgetTruth();
    this.#board.allStale();
  }

  state(): DirectorySnapshot {
    const { store } = this.#options;
    const profiles = store.list();
    return {
      directoryProfiles: [...profiles],
      directories: [...this.#board.views()],
      certificateQuestions: this.#questions(),
      directoriesWithoutPassword: [...this.#desk.missing(profiles)],
      directoryCertificates: profiles.map(({ id }) => ({
        directoryId: id,
        hosts: store.certificatesOf(id).map(({ host }) => host),
      })),
    };
  }

  /** The directories as tray and notifications take instances. */
  asInstances(): readonly InstanceView[] {
    const nowMs = this.#options.clock.now();
    return this.#board.viewsWithOpened().map((view) => asInstanceView(view, nowMs));
  }

  /** Views of instances without the accounts that a directory speaks for, so that a lock is told once. */
  withoutOurs(views: readonly InstanceView[]): readonly InstanceView[] {
    const silent = this.#board.views().filter(({ status }) => status === 'unknown');
    return withoutCovered(views, this.#truth, new Set(silent.map(({ id }) => id)));
  }

  /** A way to unlock domain accounts for whoever unlocks accounts of instances. */
  unlocker(): DomainUnlocker {
    return createDirectoryUnlocker({
      profiles: () => this.#options.store.list(),
      views: () => this.#board.views(),
      ask: (name, input) => this.#ask(name, input),
    });
  }

  nameOf(id: string): string | undefined {
    return this.#options.store.get(id)?.name;
  }

  /** What instances show now: their domain accounts are read closely. */
  seen(views: readonly InstanceView[]): void {
    this.#fleet = views;
    const wanted = wantedOf(views, this.#domains());
    if (JSON.stringify(wanted) === JSON.stringify(this.#wanted)) return;
    this.#wanted = wanted;
    void this.#request?.('directory.want', wanted);
  }

  async save({ id, fields, password }: DirectoryInput<'save'>): Promise<Result<DirectoryProfile>> {
    const { store, vault } = this.#options;
    const saved = id === null ? await store.add(fields) : await store.update(id, fields);
    if (!saved.ok) return saved;
    const profile = saved.value;
    const slot = directorySlot(profile.id, profile);
    // What was entered for another place must not be kept for, let alone be sent to, the new one.
    const left = await vault.keepOnly(profile.id, [slot]);
    const kept = left.ok && password !== null ? await vault.set(slot, 'password', password) : left;
    if (!kept.ok) return kept;
    if (id === null) await this.#adopt(profile);
    this.#sendTargets();
    if (password !== null) await this.reconnect({ id: profile.id });
    return ok(profile);
  }

  delete({ ids }: DirectoryInput<'delete'>): Promise<Result<DirectoryOutput<'delete'>>> {
    return this.#options.store.delete(ids);
  }

  async undoDelete({ undoToken }: DirectoryInput<'undoDelete'>): Promise<Result<DirectoryProfile[]>> {
    const restored = await this.#options.store.undoDelete(undoToken);
    return restored.ok ? ok([...restored.value]) : restored;
  }

  async startCheck(input: DirectoryInput<'startCheck'>): Promise<Result<{ checkId: string }>> {
    const { store, newId } = this.#options;
    const saved = input.kind === 'saved' ? store.get(input.id) : undefined;
    const fields: DirectoryFields | undefined = input.kind === 'draft' ? input.fields : saved;
    if (!fields) return err(appError('app.notFound'));
    const checkId = newId();
    const typed = input.kind === 'draft' ? input.password : null;
    this.#desk.open(checkId, { fields, typed, from: input.id });
    this.#checks.set(checkId, { id: input.id, question: null });
    const pinned = input.id === null ? [] : store.certificatesOf(input.id);
    const target = { id: input.id, fields, certificates: [...pinned, ...this.#drafted] };
    const started = await this.#ask('directory.startCheck', { checkId, target });
    if (started.ok) return ok({ checkId });
    this.#desk.close(checkId);
    this.#checks.delete(checkId);
    return started;
  }

  cancelCheck(input: DirectoryInput<'cancelCheck'>): Promise<Result<null>> {
    return this.#ask('directory.cancelCheck', input);
  }

  /** The admin's word on a certificate; the fingerprint is the one that was shown. */
  async decideCertificate(input: DirectoryInput<'decideCertificate'>): Promise<Result<null>> {
    const { id, checkId, host, fingerprint, decision } = input;
    const check = checkId === null ? undefined : this.#checks.get(checkId);
    const fits = ({ certificate }: CertificateQuestion): boolean =>
      certificate.host === host && certificate.fingerprint === fingerprint;
    const question =
      check?.question && fits(check.question)
        ? check.question
        : this.#board.questions().find((open) => open.directoryId === id && fits(open));
    if (!question) return err(appError('app.notFound'));
    if (decision === 'reject') {
      this.#rejected.add(`${id}/${fingerprint}`);
      this.#tell();
      return ok(null);
    }
    const owner = check ? check.id : id;
    if (owner === null) {
      this.#drafted.push(question.certificate);
      return ok(null);
    }
    const accepted = await this.#options.store.accept(owner, question.certificate);
    if (accepted.ok) await this.reconnect({ id: owner });
    return accepted;
  }

  forgetCertificate({ id, host }: DirectoryInput<'forgetCertificate'>): Promise<Result<null>> {
    return this.#options.store.forgetCertificate(id, host);
  }

  refresh(input: DirectoryInput<'refresh'>): Promise<Result<null>> {
    return this.#ask('directory.refresh', input);
  }

  reconnect(input: DirectoryInput<'reconnect'>): Promise<Result<null>> {
    for (const key of this.#rejected) if (key.startsWith(`${input.id}/`)) this.#rejected.delete(key);
    return this.#ask('directory.reconnect', input);
  }

  accounts(input: DirectoryInput<'accounts'>): Promise<Result<DirectoryOutput<'accounts'>>> {
    return this.#ask('directory.accounts', input);
  }

  table(input: DirectoryInput<'table'>): Promise<Result<DirectoryOutput<'table'>>> {
    return this.#ask('directory.table', input);
  }

  /** Reads the account at the PDC emulator and says what an unlock would do. Changes nothing. */
  async planUnlock({
    id,
    accountKey,
  }: DirectoryInput<'planUnlock'>): Promise<Result<DirectoryOutput<'planUnlock'>>> {
    const { clock, newId } = this.#options;
    const read = await this.#ask('directory.readForUnlock', { id, accountKey });
    if (!read.ok) return read;
    const { account, pdcHost, permitted } = read.value;
    const obstacles = unlockObstacles(account, permitted, this.#options.store.get(id)?.bindUser ?? '');
    const consequences = unlockConsequences(account, pdcHost, permitted, this.#rowsOf(account));
    if (obstacles.length > 0) {
      return ok({ previewId: null, directoryId: id, account, pdcHost, consequences, obstacles });
    }
    const previewId = newId();
    for (const [old, { untilMs }] of this.#previews) if (untilMs < clock.now()) this.#previews.delete(old);
    this.#previews.set(previewId, { id, reading: read.value, untilMs: clock.now() + PREVIEW_MS });
    return ok({ previewId, directoryId: id, account, pdcHost, consequences, obstacles });
  }

  /** Does what was shown, once, and keeps it in the audit trail. */
  async applyUnlock({
    previewId,
  }: DirectoryInput<'applyUnlock'>): Promise<Result<DirectoryOutput<'applyUnlock'>>> {
    const preview = this.#previews.get(previewId);
    this.#previews.delete(previewId);
    if (!preview || preview.untilMs < this.#options.clock.now())
      return err(appError('directory.previewGone'));
    const { id, reading } = preview;
    const { account, stamp, pdcHost } = reading;
    await this.#record('begun', id, account, pdcHost, null);
    const done = await this.#ask('directory.unlock', { id, accountKey: account.key, stamp });
    if (!done.ok) {
      await this.#record('failed', id, account, pdcHost, done.error.code);
      return done;
    }
    const { verified, notes } = done.value;
    await this.#record(verified ? 'succeeded' : 'unverified', id, account, pdcHost, null);
    this.#options.onUnlocked({ account, verified, instances: this.#instancesOf(account) });
    return ok({ verified, account: done.value.account, notes: notes.map((note): Phrase => ({ ...note })) });
  }

  #record(
    outcome: AuditRecord['outcome'],
    id: DirectoryId,
    account: DirectoryAccount,
    pdcHost: string,
    error: string | null,
  ): Promise<unknown> {
    return this.#options.audit.append({
      action: 'unlockAccount',
      outcome,
      admin: this.#options.admin(),
      instance: { region: '', instanceId: pdcHost, name: this.nameOf(id) ?? '' },
      reason: '',
      incident: '',
      before: `${account.name} (${account.key}) ${account.status}, lockoutTime ${account.lockedAtMs === null ? 'none' : new Date(account.lockedAtMs).toISOString()}`,
      after: outcome === 'succeeded' || outcome === 'unverified' ? 'lockoutTime 0' : '',
      requestIds: [],
      error,
      entryId: null,
    });
  }

  /** What instances show of an account. */
  #rowsOf(account: DirectoryAccount) {
    return this.#fleet.flatMap(({ accounts }) => accounts.filter(({ sid }) => sid === account.key));
  }

  #instancesOf(account: DirectoryAccount) {
    return this.#fleet.flatMap(({ id, accounts }) =>
      accounts.filter(({ sid }) => sid === account.key).map(({ key }) => ({ id, accountKey: key })),
    );
  }

  #ask: DirectoryRequest = (name, input) =>
    this.#request ? this.#request(name, input) : Promise.resolve(err(appError('store.unavailable')));

  #profilesChanged(): void {
    this.#board.setDirectories(this.#options.store.list().map(({ id }) => id));
    const ids = new Set(this.#options.store.list().map(({ id }) => id));
    for (const id of [...this.#truth.keys()]) if (!ids.has(id)) this.#truth.delete(id);
    this.#sendTargets();
    this.#tell();
  }

  #sendTargets(): void {
    const { store } = this.#options;
    const targets = store.list().map(({ id, createdAtMs: _created, updatedAtMs: _updated, ...fields }) => ({
      id,
      fields,
      certificates: store.certificatesOf(id),
    }));
    void this.#request?.('directory.set', targets);
  }

  /** Certificates accepted before the directory was saved now belong to it. */
  async #adopt(profile: DirectoryProfile): Promise<void> {
    for (const certificate of this.#drafted.splice(0)) {
      await this.#options.store.accept(profile.id, certificate);
    }
  }

  #checked(report: DirectoryHostEvents['directory.checked']): void {
    const check = this.#checks.get(report.checkId);
    if (!check) return;
    check.question = report.question;
    this.#options.onCheck(report);
    if (report.finishedAtMs === null) return;
    this.#desk.close(report.checkId);
    // A question outlives its check; everything else ends with it.
    if (!report.question) this.#checks.delete(report.checkId);
  }

  #accept(readings: DomainReadings): void {
    const before = this.#truth.get(readings.id);
    if (before && isSame(before, readings)) return;
    this.#truth.set(readings.id, readings);
    this.#truthChanged();
  }

  #domains(): readonly KnownDomain[] {
    const views = this.#board.views();
    return this.#options.store.list().map((profile) =>
      knownDomain(
        profile,
        views.find(({ id }) => id === profile.id),
      ),
    );
  }

  #forgetTruth(): void {
    if (this.#truth.size === 0) return;
    this.#truth.clear();
    this.#truthChanged();
  }

  #truthChanged(): void {
    this.#version += 1;
    this.#options.onTruth();
  }

  #enrich(model: InstanceModel): InstanceModel {
    if (this.#truth.size === 0) return model;
    const known = this.#joined.get(model);
    if (known?.version === this.#version) return known.model;
    const joined = joinTruth(model, this.#truth);
    this.#joined.set(model, { version: this.#version, model: joined });
    return joined;
  }

  #questions(): CertificateQuestion[] {
    return this.#board
      .questions()
      .filter(
        ({ directoryId, certificate }) => !this.#rejected.has(`${directoryId}/${certificate.fingerprint}`),
      );
  }

  #tell(): void {
    const state = this.state();
    const changed = Object.entries(state).filter(([key, value]) => {
      const text = JSON.stringify(value);
      if (this.#told.get(key) === text) return false;
      this.#told.set(key, text);
      return true;
    });
    if (changed.length > 0) this.#options.onState(Object.fromEntries(changed));
  }
}

/** Whether a repeated reading says nothing new and is not much newer. */
function isSame(before: DomainReadings, now: DomainReadings): boolean {
  const values = ({ readings, clockOffsetMs, domain }: DomainReadings): string =>
    JSON.stringify(
      [clockOffsetMs, domain, readings.map((reading) => ({ ...reading, atMs: 0 }))],
      (_key, value) => (typeof value === 'bigint' ? value.toString() : value),
    );
  const [was, is] = [before.readings[0]?.atMs ?? 0, now.readings[0]?.atMs ?? 0];
  return is - was < TELL_READING_EVERY_MS && values(before) === values(now);
}
