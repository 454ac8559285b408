import type { RdpProof } from '../../../../shared/rdp';
import type { ChecklistMemory, DoneAt } from './types';

/** What was done, as far as a checklist ticks by it. See `electron/unlock/facts.ts`. */
export type ChecklistFact = {
  readonly atMs: number;
  readonly who: string | null;
  readonly accountKey: string | null;
} & (
  | { readonly kind: 'consoleOpened'; readonly console: 'cloud' | 'vnc' }
  | { readonly kind: 'ctrlAltDelSent' | 'passwordReset' | 'rebooted' | 'clientStarted' }
  | { readonly kind: 'accountUnlocked'; readonly verified: boolean }
  | { readonly kind: 'rdpProbed'; readonly proof: Pick<RdpProof, 'atMs' | 'verdict' | 'via'> }
);

const MOST_UNLOCKS = 16;

const isNewer = (known: DoneAt | null, atMs: number): boolean => known === null || atMs > known.atMs;

/**
 * The memory with one fact in it; of each kind the newest stays, in whatever order they come. What a fact says of
 * another account than the checklist's is kept for the day on which the checklist is about that one. Pure.
 */
export function remember(memory: ChecklistMemory, fact: ChecklistFact): ChecklistMemory {
  const { who } = fact;
  const done: DoneAt = { atMs: fact.atMs, who };
  switch (fact.kind) {
    case 'consoleOpened':
      if (!isNewer(memory.consoleOpened, done.atMs)) return memory;
      return { ...memory, consoleOpened: { ...done, console: fact.console } };
    case 'ctrlAltDelSent':
      return isNewer(memory.ctrlAltDel, done.atMs) ? { ...memory, ctrlAltDel: done } : memory;
    case 'passwordReset':
      return isNewer(memory.passwordReset, done.atMs) ? { ...memory, passwordReset: done } : memory;
    case 'rebooted':
      return isNewer(memory.rebooted, done.atMs) ? { ...memory, rebooted: done } : memory;
    case 'accountUnlocked': {
      const { accountKey: account, verified } = fact;
      const known = memory.unlocks.find((one) => one.account === account) ?? null;
      if (!isNewer(known, done.atMs)) return memory;
      const others = memory.unlocks.filter((one) => one !== known).slice(-(MOST_UNLOCKS - 1));
      return { ...memory, unlocks: [...others, { ...done, account, verified }] };
    }
    case 'rdpProbed': {
      const { atMs, verdict, via } = fact.proof;
      if (memory.rdpProof && memory.rdpProof.atMs >= atMs) return memory;
      return { ...memory, rdpProof: { atMs, verdict, via } };
    }
    case 'clientStarted':
      return memory;
  }
}
