import { CHANNELS, type EventRecord } from '../../shared/evidence';
import { addressOfEndpoint, normaliseAddress } from './address';
import { accountRef, type Host } from './identity';
import { clearsCount, signInPlace } from './success';
import type { AccountRef, AddressHint, CauseHint, Counts, FailureReason, Gap, TrailRow } from './types';
import { type CodeMeaning, failureCode, kerberosMeaning, ntstatusMeaning, parseCode } from './windows-codes';

/** Why an event has no effect on any account. */
export type NothingReason =
  | 'notWatched'
  | 'noAccountName'
  | 'trustAccount'
  | 'provesNoPassword'
  | 'succeeded'
  | 'noAddress'
  | 'changesNoCount';

/** What one event does to the model. */
export type Effect =
  | { readonly type: 'row'; readonly account: AccountRef; readonly row: TrailRow; readonly exists: boolean }
  | { readonly type: 'addressHint'; readonly hint: AddressHint }
  | { readonly type: 'causeHint'; readonly hint: CauseHint }
  | { readonly type: 'gap'; readonly gap: Gap }
  | { readonly type: 'nothing'; readonly reason: NothingReason };

const AUDIT_FAILURE = 0x10_0000_0000_0000n;
const nothing = (reason: NothingReason): Effect => ({ type: 'nothing', reason });
const isAuditFailure = (event: EventRecord): boolean => (event.keywords & AUDIT_FAILURE) !== 0n;

const text = (value: string | undefined): string | null => {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' || trimmed === '-' ? null : trimmed;
};

/** One event to its one effect (section 4 of the event table, R24 to R28). Pure; unknown events do nothing. */
export function effectOf(event: EventRecord, host: Host): Effect {
  switch (event.channel) {
    case CHANNELS.security:
      return securityEffect(event, host);
    case CHANNELS.openSsh:
      return event.eventId === 4 ? sshEffect(event, host) : nothing('notWatched');
    case CHANNELS.rdpCore:
      if (event.eventId === 140) return hint(event, 'rdpFailed', normaliseAddress(event.data.IPString), null);
      return event.eventId === 131
        ? hint(event, 'rdpConnection', addressOfEndpoint(event.data.ClientIP), null)
        : nothing('notWatched');
    case CHANNELS.terminalServices:
      return terminalServicesEffect(event, host);
    default:
      return nothing('notWatched');
  }
}

function securityEffect(event: EventRecord, host: Host): Effect {
  const { data } = event;
  switch (event.eventId) {
    case 4625: {
      const code = failureCode(event);
      const account = accountRef(host, data.TargetUserName, data.TargetDomainName, data.TargetUserSid);
      return failure(event, host, account, code ?? 0, ntstatusMeaning(code));
    }
    case 4776: {
      const code = parseCode(data.Status);
      if (code === 0) return nothing('succeeded');
      // Logged by the account's authority only, so the account is judged here whatever domain was typed.
      return failure(event, host, judgedHere(event, host), code ?? 0, ntstatusMeaning(code));
    }
    case 4771:
    case 4768: {
      const code = parseCode(data.Status);
      if (code === 0) return nothing('succeeded');
      const read = kerberosMeaning(code);
      const meaning: CodeMeaning = event.eventId === 4768 ? { reason: read.reason, counts: 'no' } : read;
      return failure(event, host, judgedHere(event, host), code ?? 0, meaning);
    }
    case 4624:
      return successEffect(event, host);
    case 4740:
      // TargetDomainName is the caller computer; the log that holds the event belongs to the authority.
      return simple(event, judgedHere(event, host), 'lock', text(data.TargetDomainName));
    case 4767:
      return simple(event, judgedHere(event, host), 'unlock', text(data.SubjectUserName));
    case 4723:
      if (!isAuditFailure(event)) return nothing('changesNoCount');
      return failure(event, host, judgedHere(event, host), 0, {
        reason: 'passwordChangeRefused',
        counts: 'uncertain',
      });
    case 4724:
      if (isAuditFailure(event)) return nothing('changesNoCount');
      return simple(event, judgedHere(event, host), 'passwordReset', text(data.SubjectUserName));
    case 4738:
      return nothing('changesNoCount');
    case 4648:
      return cause(event, host, 'explicitCredentials', data.TargetUserName, data.TargetDomainName);
    case 4778:
    case 4779:
      return cause(event, host, 'rdpSession', data.AccountName, data.AccountDomain);
    case 1102:
      return { type: 'gap', gap: { at: event.time, reason: 'logCleared', channel: event.channel } };
    default:
      return nothing('notWatched');
  }
}

function judgedHere(event: EventRecord, host: Host): AccountRef | null {
  const { data } = event;
  const typed = accountRef(host, data.TargetUserName, '', data.TargetSid);
  return typed?.authority === 'elsewhere' ? accountRef(host, typed.name, '.', data.TargetSid) : typed;
}

function row(
  event: EventRecord,
  kind: TrailRow['kind'],
  counts: Counts,
  reason: FailureReason | null,
  code: number,
  by: string | null,
): TrailRow {
  const { data } = event;
  const logonType = data.LogonType;
  return {
    kind,
    time: event.time,
    channel: event.channel,
    recordId: event.recordId,
    eventId: event.eventId,
    counts,
    reason,
    code,
    address: normaliseAddress(data.IpAddress),
    inferredFrom: null,
    workstation: text(data.WorkstationName ?? data.Workstation),
    logonType: logonType === undefined ? null : Number(logonType),
    process: text(data.ProcessName),
    mergedWith: null,
    refuted: false,
    signIn: null,
    by,
    reading: null,
  };
}

function failure(
  event: EventRecord,
  host: Host,
  account: AccountRef | null,
  code: number,
  { counts, reason }: CodeMeaning,
): Effect {
  if (!account) return nothing('noAccountName');
  if (account.name.endsWith('$') && (host.role !== 'standalone' || event.eventId === 4771)) {
    return nothing('trustAccount');
  }
  const exists = reason !== 'noSuchUser';
  return { type: 'row', account, exists, row: row(event, 'failure', counts, reason, code, null) };
}

function successEffect(event: EventRecord, host: Host): Effect {
  if (!clearsCount(event.data)) return nothing('provesNoPassword');
  const { data } = event;
  const account = accountRef(host, data.TargetUserName, data.TargetDomainName, data.TargetUserSid);
  if (!account) return nothing('noAccountName');
  const seen = { ...row(event, 'success', 'no', null, 0, null), signIn: signInPlace(data) };
  return { type: 'row', account, exists: true, row: seen };
}

function simple(
  event: EventRecord,
  account: AccountRef | null,
  kind: TrailRow['kind'],
  by: string | null,
): Effect {
  if (!account) return nothing('noAccountName');
  return { type: 'row', account, exists: true, row: row(event, kind, 'no', null, 0, by) };
}

function hint(
  event: EventRecord,
  kind: AddressHint['kind'],
  address: string | null,
  user: string | null,
): Effect {
  if (address === null) return nothing('noAddress');
  const from = { channel: event.channel, eventId: event.eventId, recordId: event.recordId };
  return { type: 'addressHint', hint: { kind, time: event.time, address, user, from } };
}

const FAILED_PASSWORD = /^Failed password for (?:invalid user )?(.*) from (\S+) port \d+/;

function sshEffect(event: EventRecord, host: Host): Effect {
  const match = FAILED_PASSWORD.exec((event.data.payload ?? '').trim());
  if (!match) return nothing('noAddress');
  const user = accountRef(host, match[1], '', undefined)?.name.toLowerCase() ?? null;
  return hint(event, 'ssh', normaliseAddress(match[2]), user);
}

function terminalServicesEffect(event: EventRecord, host: Host): Effect {
  if (event.eventId === 261) return nothing('noAddress');
  if (event.eventId !== 1149) return nothing('notWatched');
  const { data } = event;
  const user = accountRef(host, data.Param1, data.Param2, undefined)?.name.toLowerCase() ?? null;
  return hint(event, 'rdpUser', normaliseAddress(data.Param3), user);
}

function cause(
  event: EventRecord,
  host: Host,
  kind: CauseHint['kind'],
  name: string | undefined,
  domain: string | undefined,
): Effect {
  const account = accountRef(host, name, domain, undefined);
  if (!account) return nothing('noAccountName');
  const { data } = event;
  return {
    type: 'causeHint',
    hint: {
      kind,
      time: event.time,
      accountKey: account.key,
      process: text(data.ProcessName),
      target: text(data.TargetServerName),
      address: normaliseAddress(data.ClientAddress ?? data.IpAddress),
      clientName: text(data.ClientName),
    },
  };
}
