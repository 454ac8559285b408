import type { BindAnswer, ControllerName, DomainAccount } from './domain/accounts';
import { normalName } from './domain/names';
import { NETBIOS, type PracticeDomain } from './domain/practice-domain';
import { octets } from './protocol/ber';
import {
  ANSWER,
  type Change,
  type Control,
  type Message,
  type Outcome,
  PAGED_RESULTS,
  RESULT,
  readPagedResults,
  type SearchRequest,
  writeMessage,
  writeOutcome,
  writePagedResults,
} from './protocol/messages';
import { CONTROLS, DOMAIN_SCOPE, START_TLS, WHO_AM_I } from './root';
import { type Found, search } from './search';

/** What a controller does with a search that takes too long, or finds too much. */
export interface ControllerLimits {
  /** Entries in one answer or page, whatever the client asks ([MS-ADTS] MaxPageSize). */
  readonly mostEntries: number;
  /** How long a search takes, in milliseconds: for tests of slowness. */
  readonly searchMs: number;
}

export interface SessionOptions {
  readonly domain: PracticeDomain;
  readonly controller: ControllerName;
  readonly now: () => number;
  readonly limits: () => ControllerLimits;
  /** Whether a password is taken without encryption. */
  readonly takesPlainPasswords: () => boolean;
  readonly secure: () => boolean;
  readonly onChange: () => void;
}

/** What a message comes to: answers, when they are sent, and what happens to the connection. */
export interface Reply {
  readonly answers: readonly Buffer[];
  readonly delayMs?: number;
  readonly after?: 'startTls' | 'close';
}

const MOST_COOKIES = 10;

/** As Active Directory tells a client in the text of a refused bind. */
const bindText = (data: string) =>
  `80090308: LdapErr: comment: AcceptSecurityContext error, data ${data}, v4563`;
const bindData: Record<Exclude<BindAnswer, 'success'>, string> = {
  wrongPassword: '52e',
  noSuchUser: '52e',
  lockedOut: '775',
  disabled: '533',
};

/** One connection's conversation with a controller: who is signed in, and which pages are open. */
export class LdapSession {
  readonly #options: SessionOptions;
  readonly #pages = new Map<string, Found>();
  #who: DomainAccount | null = null;
  #nextCookie = 1;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  answer({ id, request, controls }: Message): Reply {
    const critical = controls.find((control) => control.critical && !CONTROLS.includes(control.id));
    const one = (operation: Buffer): Reply => ({ answers: [writeMessage(id, operation)] });
    switch (request.kind) {
      case 'unbind':
        return { answers: [], after: 'close' };
      case 'abandon':
        return { answers: [] };
      case 'other':
        return one(writeOutcome(request.answer, { code: RESULT.unwillingToPerform }));
      case 'extended':
        return this.#extended(id, request.name);
      case 'bind':
        return one(writeOutcome(ANSWER.bind, this.#bind(request.name, request.password)));
      case 'modify':
        if (critical) return one(writeOutcome(ANSWER.modify, { code: RESULT.unavailableCriticalExtension }));
        return one(writeOutcome(ANSWER.modify, this.#modify(request.name, request.changes)));
      case 'search':
        if (critical)
          return one(writeOutcome(ANSWER.searchDone, { code: RESULT.unavailableCriticalExtension }));
        return this.#search(id, request, controls);
    }
  }

  #bind(name: string, password: Buffer | null): Outcome {
    const { domain, controller, secure, takesPlainPasswords, onChange } = this.#options;
    this.#who = null;
    this.#pages.clear();
    if (password === null) return { code: RESULT.authMethodNotSupported };
    if (name === '' && password.length === 0) return { code: RESULT.success };
    // A name without a password says nothing about who asks (RFC 4513 5.1.2): nobody is signed in by it.
    if (password.length === 0) return { code: RESULT.unwillingToPerform, text: 'A password is needed.' };
    if (!secure() && !takesPlainPasswords()) {
      const text = '00002028: LdapErr: the server requires binds to be encrypted or signed, data 0';
      return { code: RESULT.strongerAuthRequired, text };
    }
    const byName = name.includes('=') ? domain.accountAt(normalName(name) ?? '') : undefined;
    const account = byName ?? domain.accountByLogonName(name);
    const answer = account
      ? domain.accounts.attempt(account, password.toString('utf8'), controller)
      : 'noSuchUser';
    onChange();
    if (answer !== 'success') return { code: RESULT.invalidCredentials, text: bindText(bindData[answer]) };
    this.#who = account ?? null;
    return { code: RESULT.success };
  }

  #modify(name: string, changes: readonly Change[]): Outcome {
    const { domain, controller, onChange } = this.#options;
    if (!this.#who) return { code: RESULT.operationsError, text: '000004DC: LdapErr: not signed in, data 0' };
    const account = domain.accountAt(normalName(name) ?? '');
    if (!account) return { code: RESULT.noSuchObject };
    const [change] = changes;
    const unlocks =
      changes.length === 1 &&
      change?.operation === 'replace' &&
      change.attribute.toLowerCase() === 'lockouttime' &&
      change.values.length === 1;
    if (!unlocks) return { code: RESULT.unwillingToPerform, text: 'Practice: only lockoutTime can be set.' };
    if (!this.#who.administrator) {
      const text = '00002098: SecErr: problem 4003 (INSUFF_ACCESS_RIGHTS), data 0';
      return { code: RESULT.insufficientAccessRights, text };
    }
    if (change.values[0]?.toString() !== '0') {
      return { code: RESULT.unwillingToPerform, text: '0000209A: SvcErr: lockoutTime can be set to 0 only' };
    }
    domain.accounts.unlock(account, controller);
    onChange();
    return { code: RESULT.success };
  }

  #extended(id: number, name: string): Reply {
    const reply = (outcome: Outcome, ...more: readonly Buffer[]) => [
      writeMessage(id, writeOutcome(ANSWER.extended, outcome, ...more)),
    ];
    if (name === START_TLS) {
      if (this.#options.secure()) return { answers: reply({ code: RESULT.operationsError }) };
      return { answers: reply({ code: RESULT.success }, octets(START_TLS, 0x8a)), after: 'startTls' };
    }
    if (name === WHO_AM_I) {
      const who = this.#who ? `u:${NETBIOS}\\${this.#who.name}` : '';
      return { answers: reply({ code: RESULT.success }, octets(who, 0x8b)) };
    }
    return { answers: reply({ code: RESULT.protocolError, text: 'An extension that is not known.' }) };
  }

  #search(id: number, request: SearchRequest, controls: readonly Control[]): Reply {
    const { mostEntries, searchMs } = this.#options.limits();
    const limitMs = request.timeLimit * 1_000;
    if (limitMs > 0 && searchMs > limitMs) {
      const done = writeOutcome(ANSWER.searchDone, { code: RESULT.timeLimitExceeded });
      return { answers: [writeMessage(id, done)], delayMs: limitMs };
    }
    const paged = controls.find((control) => control.id === PAGED_RESULTS);
    const page = paged ? readPagedResults(paged.value) : undefined;
    const found = page?.cookie ? this.#pages.get(page.cookie) : this.#find(request, controls);
    if (page?.cookie) this.#pages.delete(page.cookie);
    if (!found) {
      const outcome = { code: RESULT.unwillingToPerform, text: 'A page of a search that is not open.' };
      return { answers: [writeMessage(id, writeOutcome(ANSWER.searchDone, outcome))] };
    }
    const asked = request.sizeLimit > 0 ? request.sizeLimit : Number.POSITIVE_INFINITY;
    const most = Math.min(mostEntries, page && page.size > 0 ? page.size : asked);
    const shown = found.entries.slice(0, most);
    const rest = found.entries.slice(most);
    const last = rest.length === 0;
    let cookie = '';
    let outcome = found.outcome;
    if (page && !last) cookie = this.#keep({ ...found, entries: rest });
    else if (!last) outcome = { code: RESULT.sizeLimitExceeded };
    const references = last ? found.references : [];
    const answers = [...shown, ...references].map((operation) => writeMessage(id, operation));
    const done = writeOutcome(ANSWER.searchDone, outcome);
    answers.push(writeMessage(id, done, page ? [writePagedResults(cookie)] : []));
    return { answers, delayMs: searchMs };
  }

  #find(request: SearchRequest, controls: readonly Control[]): Found {
    const { domain, controller, now } = this.#options;
    const references = !controls.some((control) => control.id === DOMAIN_SCOPE);
    const authenticated = this.#who !== null;
    const administrator = this.#who?.administrator === true;
    return search(request, { domain, controller, now, authenticated, administrator, references });
  }

  #keep(found: Found): string {
    const oldest = this.#pages.keys().next();
    if (this.#pages.size >= MOST_COOKIES && !oldest.done) this.#pages.delete(oldest.value);
    const cookie = `page-${this.#nextCookie++}`;
    this.#pages.set(cookie, found);
    return cookie;
  }
}
