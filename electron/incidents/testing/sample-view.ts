import type { AccountView, InstanceView, Verdict } from '../../../shared/account-status';
import { sampleAccount, sampleId, sampleView } from '../../desktop/testing/sample-view';

export const NOW = Date.UTC(2026, 2, 4, 10);
export const MINUTE = 60_000;
export const INSTANCE = sampleId(1);

export const verdictOf = (
  kind: Verdict['kind'],
  confidence: Verdict['confidence'] = 'high',
  reasons = [{ key: 'lockout.verdict.noPattern', params: { failures: 3 } }],
): Verdict => ({ kind, confidence, reasons, evidenceIncomplete: false });

const from = (address: string | null): AccountView['lastSource'] => ({
  address,
  workstation: null,
  inferred: false,
});

/** An account that an attack from this address failed on last at `atMs`. */
export const attacked = (name: string, atMs: number, change: Partial<AccountView> = {}): AccountView =>
  sampleAccount(name, {
    status: 'counting',
    badPasswordCount: 3,
    lastFailureAtMs: atMs,
    lastSource: from('203.0.113.5'),
    verdict: verdictOf('attack'),
    ...change,
  });

export const locked = (
  name: string,
  atMs: number,
  verdict: Verdict['kind'] = 'undecided',
  change: Partial<AccountView> = {},
): AccountView =>
  sampleAccount(name, {
    status: 'locked',
    lockedAtMs: atMs,
    lastFailureAtMs: atMs,
    lastSource: from(verdict === 'attack' ? '203.0.113.5' : '10.0.0.8'),
    verdict: verdictOf(verdict, 'medium'),
    ...change,
  });

export const viewOf = (
  accounts: readonly AccountView[],
  nowMs = NOW,
  change: Partial<InstanceView> = {},
): InstanceView =>
  sampleView(1, accounts, {
    status: 'counting',
    checkedAtMs: nowMs,
    evaluatedAtMs: nowMs,
    computer: 'LAB-1',
    clockOffsetMs: 0,
    ...change,
  });
