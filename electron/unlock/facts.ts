import type { Phrase } from '../../shared/account-status';
import type { InstanceId } from '../../shared/instance';
import type { RdpProof } from '../../shared/rdp';

/** What was done or found out on the way from a locked account to a working one. Never holds a secret. */
export type UnlockFact = {
  readonly instanceId: InstanceId;
  readonly atMs: number;
  /** The admin's name; null for what happened by itself. */
  readonly who: string | null;
  /** The account concerned, by its key in the instance's view; null when it concerns none or all. */
  readonly accountKey: string | null;
  /** How it reads in an incident's history. */
  readonly text: Phrase;
} & (
  | { readonly kind: 'consoleOpened'; readonly console: 'cloud' | 'vnc' }
  | { readonly kind: 'ctrlAltDelSent' }
  | { readonly kind: 'passwordReset' }
  | { readonly kind: 'rebooted' }
  /** `verified`: read again afterwards, and no longer locked. */
  | { readonly kind: 'accountUnlocked'; readonly verified: boolean }
  | { readonly kind: 'rdpProbed'; readonly proof: RdpProof }
  | { readonly kind: 'clientStarted' }
);

export type UnlockFactListener = (fact: UnlockFact) => void;

/** Tells everyone who keeps the checklist and the record what was done. Keeps nothing itself. */
export interface UnlockFacts {
  note(fact: UnlockFact): void;
  onFact(listener: UnlockFactListener): () => void;
}

export function createUnlockFacts(): UnlockFacts {
  const listeners = new Set<UnlockFactListener>();
  return {
    note(fact) {
      for (const listener of listeners) listener(fact);
    },
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
