import type { Checklist, ChecklistPart, ChecklistPartId, ChecklistStepId } from '../../shared/checklist';
import { idOf } from './fixtures';

export const incidentIdOf = (number: number): string =>
  `00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`;

const params = { account: 'Administrator', admin: 'Administrator', port: 3389, minutes: 2 };

export const checklistPart = (
  id: ChecklistPartId,
  branch: string,
  change: Partial<ChecklistPart> = {},
): ChecklistPart => ({
  id,
  state: 'todo',
  by: null,
  who: null,
  atMs: null,
  what: { key: `checklist.what.${id}.${branch}`, params },
  why: { key: `checklist.why.${id}.${branch}`, params },
  evidence: null,
  actions: [],
  byHand: false,
  optional: false,
  countdown: null,
  ...change,
});

const step = (id: ChecklistStepId, parts: ChecklistPart[], change = {}): Checklist['steps'][number] => ({
  id,
  state: 'todo',
  notes: [],
  parts,
  ...change,
});

/** The built-in Administrator of the first instance, locked by an attack; nothing is done yet, unless changed. */
export function checklistOf(
  changes: Partial<Record<ChecklistPartId, Partial<ChecklistPart>>> = {},
  change: Partial<Checklist> = {},
): Checklist {
  const part = (id: ChecklistPartId, branch: string, given: Partial<ChecklistPart> = {}): ChecklistPart =>
    checklistPart(id, branch, { ...given, ...changes[id] });
  return {
    incidentId: incidentIdOf(1),
    instanceId: idOf(1),
    accountKey: 'administrator',
    accountName: 'Administrator',
    accounts: [{ key: 'administrator', name: 'Administrator' }],
    steps: [
      step('isolate', [
        part('originalsRecorded', 'linked', { actions: [{ kind: 'isolate' }] }),
        part('isolated', 'linked', { actions: [{ kind: 'isolate' }] }),
      ]),
      step(
        'unlock',
        [
          part('consoleOpened', 'cloud', { actions: [{ kind: 'openConsole' }], byHand: true }),
          part('ctrlAltDel', 'any', { actions: [{ kind: 'openConsole' }], byHand: true }),
          part('passwordReset', 'provider', {
            actions: [{ kind: 'resetPassword' }],
            byHand: true,
            optional: true,
          }),
          part('consoleSignIn', 'builtin', { actions: [{ kind: 'openConsole' }], byHand: true }),
          part('accountUnlocked', 'builtin', {
            actions: [
              { kind: 'unlockAccount', accountKey: 'administrator' },
              { kind: 'openAccount', accountKey: 'administrator' },
            ],
          }),
        ],
        { notes: [{ key: 'checklist.note.relock', params: { account: 'Administrator', seconds: 28 } }] },
      ),
      step('restore', [part('trustedRule', 'linked', { actions: [{ kind: 'restoreToTrust' }] })]),
      step('verify', [
        part('rdpAnswers', 'any', { actions: [{ kind: 'probeRdp' }, { kind: 'connectRdp' }] }),
        part('accountClear', 'any', { actions: [{ kind: 'openAccount', accountKey: 'administrator' }] }),
        part('signedInAgain', 'any', { actions: [{ kind: 'connectRdp' }], byHand: true }),
        part('quiet', 'any'),
      ]),
    ],
    next: { step: 'isolate', part: 'originalsRecorded' },
    done: 0,
    total: 11,
    proven: false,
    ...change,
  };
}
