import { describe, expect, it } from 'vitest';
import { CHANNELS, type EventRecord } from '../../shared/evidence';
import { type Effect, effectOf } from './effects';
import {
  cleared,
  event,
  failure,
  lockEvent,
  MACHINE,
  rdpHint,
  refusal,
  SID,
  sshFailure,
  sshHint,
  success,
  unlockEvent,
  validation,
} from './testing/events';
import type { InstanceRole } from './types';

const effect = (of: EventRecord, role: InstanceRole = 'member'): Effect =>
  effectOf(of, { computer: MACHINE.toLowerCase(), role });

function rowOf(of: EventRecord, role?: InstanceRole) {
  const found = effect(of, role);
  if (found.type !== 'row') throw new Error(`no row but ${JSON.stringify(found)}`);
  return found;
}
const account = (of: EventRecord, role?: InstanceRole) => {
  const { key, authority } = rowOf(of, role).account;
  return [key, authority];
};

describe('who is meant', () => {
  it('R26 takes the computer name, a dot and nothing as the local authority', () => {
    for (const TargetDomainName of [
      MACHINE,
      MACHINE.toLowerCase(),
      `${MACHINE}.corp.example`,
      '.',
      '',
      '-',
    ]) {
      expect(account(failure(1, 0, { TargetDomainName }))).toEqual(['alice', 'here']);
    }
  });

  it('R26 normalises user@domain and domain\\user to one account elsewhere', () => {
    const forms = [
      { TargetDomainName: 'CORP' },
      { TargetDomainName: 'corp.example' },
      { TargetUserName: 'Alice@corp.example', TargetDomainName: '' },
      { TargetUserName: 'CORP\\alice', TargetDomainName: '-' },
    ];
    for (const form of forms) expect(account(failure(1, 0, form))).toEqual(['corp\\alice', 'elsewhere']);
  });

  it('R26 judges every account here on a standalone machine and on a domain controller', () => {
    const typed = failure(1, 0, { TargetDomainName: 'ATTACKER-PC' });
    expect(account(typed, 'standalone')).toEqual(['alice', 'here']);
    expect(account(typed, 'domainController')).toEqual(['alice', 'here']);
  });

  it('R4 knows the built-in Administrator by SID, and guesses it by name otherwise', () => {
    const administrator = (sid: string, name: string) =>
      rowOf(success(1, 0, { TargetUserName: name, TargetUserSid: sid })).account.builtinAdministrator;
    expect(administrator(`${SID}-500`, 'root')).toBe('yes');
    expect(administrator(`${SID}-1500`, 'Administrator')).toBe('no');
    const failed = failure(1, 0, { TargetUserName: 'Administrator' });
    expect(rowOf(failed).account.builtinAdministrator).toBe('likely');
  });
});

describe('what one event does', () => {
  it('R7 R24 4625: a wrong password counts, an unknown name does not, a refusal shows a lock', () => {
    expect(rowOf(failure(1, 0)).row).toMatchObject({
      kind: 'failure',
      counts: 'yes',
      reason: 'wrongPassword',
    });
    const unknown = rowOf(failure(1, 0, { SubStatus: '0xC0000064' }));
    expect([unknown.exists, unknown.row.counts]).toEqual([false, 'no']);
    expect(rowOf(refusal(1, 0)).row).toMatchObject({ counts: 'no', reason: 'lockedOut' });
    expect(rowOf(failure(1, 0, { SubStatus: '0x0' })).row).toMatchObject({
      counts: 'uncertain',
      reason: 'generic',
    });
  });

  it('R25 an already-locked 4625 is understood by its code, whatever its task', () => {
    expect(rowOf({ ...refusal(1, 0), task: 12546 }).row.reason).toBe('lockedOut');
    expect(rowOf({ ...refusal(1, 0), task: 12544 }).row.reason).toBe('lockedOut');
  });

  it('R27 keeps logon type and process, and no address where there is none', () => {
    expect(rowOf(sshFailure(1, 0)).row).toMatchObject({ logonType: 8, address: null });
    for (const IpAddress of ['-', '', '0', '0.0.0.0']) {
      expect(rowOf(failure(1, 0, { IpAddress })).row.address).toBeNull();
    }
    expect(rowOf(failure(1, 0, { IpAddress: '::ffff:10.1.2.3' })).row.address).toBe('10.1.2.3');
  });

  it('R26 4740 names the caller where others name the domain', () => {
    const { account: who, row } = rowOf(lockEvent(1, 0));
    expect([who.key, who.authority, row.kind, row.by]).toEqual(['alice', 'here', 'lock', 'CALLER']);
  });

  it('R11 4767 unlocks and says who did it', () => {
    expect(rowOf(unlockEvent(1, 0)).row).toMatchObject({ kind: 'unlock', by: 'boss' });
  });

  it('R26 4776 and 4771 are judged where they are logged', () => {
    expect(account(validation(1, 0, { TargetUserName: 'alice@corp.example' }))).toEqual(['alice', 'here']);
    const kerberos = (Status: string, TargetUserName = 'alice') =>
      event(4771, 1, 0, { TargetUserName, Status, IpAddress: '::ffff:10.9.9.9' });
    expect(rowOf(kerberos('0x18')).row).toMatchObject({ counts: 'yes', address: '10.9.9.9' });
    expect(rowOf(kerberos('0x00000017')).row.counts).toBe('no');
    expect(effect(kerberos('0x18', 'SRV02$'))).toEqual({ type: 'nothing', reason: 'trustAccount' });
    expect(effect(validation(1, 0, { Status: '0x0' }))).toEqual({ type: 'nothing', reason: 'succeeded' });
  });

  it('R7 4768 never counts', () => {
    const revoked = event(4768, 1, 0, { TargetUserName: 'alice', Status: '0x12' });
    expect(rowOf(revoked).row).toMatchObject({ counts: 'no', reason: 'revoked' });
    expect(rowOf(event(4768, 1, 0, { TargetUserName: 'alice', Status: '0x18' })).row.counts).toBe('no');
  });

  it('R12 R13 4724 and 4738 change no count, a refused 4723 may have counted', () => {
    expect(rowOf(event(4724, 1, 0, { TargetUserName: 'alice' })).row.kind).toBe('passwordReset');
    expect(effect(event(4738, 1, 0, { TargetUserName: 'alice' })).type).toBe('nothing');
    const refused = event(4723, 1, 0, { TargetUserName: 'alice' }, { keywords: 0x8010000000000000n });
    expect(rowOf(refused).row).toMatchObject({ counts: 'uncertain', reason: 'passwordChangeRefused' });
    expect(effect(event(4723, 1, 0, { TargetUserName: 'alice' })).type).toBe('nothing');
  });

  it('R28 4624 clears only when it proves a password at this authority', () => {
    expect(rowOf(success(1, 0)).row.kind).toBe('success');
    const proveNothing = [
      { LogonType: '3', LogonProcessName: 'sshd', AuthenticationPackageName: 'Kerberos' },
      { LogonType: '8', LogonProcessName: 'sshd ' },
      { LogonType: '3', AuthenticationPackageName: 'Kerberos' },
      { LogonType: '9' },
      { LogonType: '11' },
      { LogonType: '12' },
      { LogonType: '13' },
      { TargetUserName: 'ANONYMOUS LOGON', TargetUserSid: 'S-1-5-7' },
      { TargetUserName: `${MACHINE}$` },
      { TargetUserName: 'SYSTEM', TargetUserSid: 'S-1-5-18', LogonType: '5' },
      { TargetUserName: 'DWM-1', TargetUserSid: 'S-1-5-90-0-1', LogonType: '2' },
    ];
    for (const data of proveNothing) {
      expect(effect(success(1, 0, data))).toEqual({ type: 'nothing', reason: 'provesNoPassword' });
    }
    const network = { LogonType: '3', LogonProcessName: 'NtLmSsp ', AuthenticationPackageName: 'NTLM' };
    expect(rowOf(success(1, 0, network)).row.kind).toBe('success');
  });

  it('R27 takes addresses from the RDP and SSH channels as hints', () => {
    const hint = (of: EventRecord) => {
      const found = effect(of);
      return found.type === 'addressHint' ? [found.hint.kind, found.hint.address, found.hint.user] : found;
    };
    expect(hint(rdpHint(1, 0, 140, '203.0.113.7'))).toEqual(['rdpFailed', '203.0.113.7', null]);
    expect(hint(rdpHint(1, 0, 131, '203.0.113.7'))).toEqual(['rdpConnection', '203.0.113.7', null]);
    expect(hint(rdpHint(1, 0, 131, '[2001:DB8::7]'))).toEqual(['rdpConnection', '2001:db8::7', null]);
    expect(hint(sshHint(1, 0, 'invalid user Bob', '203.0.113.9'))).toEqual(['ssh', '203.0.113.9', 'bob']);
    expect(hint(sshHint(1, 0, 'Alice@corp.example', '::1'))).toEqual(['ssh', '::1', 'alice']);
    const session = { Param1: 'Alice', Param2: 'CORP', Param3: '203.0.113.8' };
    const rdp = { channel: CHANNELS.terminalServices };
    expect(hint(event(1149, 1, 0, session, rdp))).toEqual(['rdpUser', '203.0.113.8', 'alice']);
    expect(hint(event(261, 1, 0, { listenerName: 'RDP-Tcp' }, rdp))).toEqual({
      type: 'nothing',
      reason: 'noAddress',
    });
  });

  it('R29 a cleared log is a gap', () => {
    expect(effect(cleared(1, 0))).toMatchObject({ type: 'gap', gap: { reason: 'logCleared' } });
  });

  it('keeps 4648 and 4778 as hints of the cause, and ignores what it does not watch', () => {
    const used = event(4648, 1, 0, {
      TargetUserName: 'alice',
      TargetServerName: 'FILES',
      ProcessName: 'x.exe',
    });
    expect(effect(used)).toMatchObject({
      type: 'causeHint',
      hint: { kind: 'explicitCredentials', target: 'FILES', process: 'x.exe' },
    });
    const session = event(4778, 1, 0, { AccountName: 'alice', ClientName: 'PC7', ClientAddress: 'LOCAL' });
    expect(effect(session)).toMatchObject({ hint: { kind: 'rdpSession', clientName: 'PC7', address: null } });
    expect(effect(event(4688, 1, 0, {}))).toEqual({ type: 'nothing', reason: 'notWatched' });
    expect(effect(failure(1, 0, { TargetUserName: '-' }))).toEqual({
      type: 'nothing',
      reason: 'noAccountName',
    });
  });
});
