export { evaluateChecklist } from './evaluate';
export { type ChecklistFact, remember } from './remember';
export { focusByHand, tickByHand } from './tick';
export {
  type ChecklistInput,
  type ChecklistInstance,
  type ChecklistMemory,
  type ChecklistProvider,
  type Evaluation,
  emptyMemory,
  type PartChange,
} from './types';
