/** What happens while a plan is carried out, and what is found at the next start. */
export const isolationRun = {
  'isolation.run.lockedForSecurity':
    'The provider has locked {name} for security reasons in the meantime. The rest of the plan was not done.',
  'isolation.run.interfacesChanged':
    'The network interfaces of {name} changed in the meantime. The rest of the plan was not done; what was closed stays closed. Plan again.',
  'isolation.run.membershipChanged':
    'Somebody changed the security groups of {name} ({interface}) in the meantime. The rest of the plan was not done; what was closed stays closed. Plan again.',
  'isolation.run.tagsChanged':
    'Somebody else took over the isolation of {name} (group {group}) in the meantime. The rest of the plan was not done. Plan again.',
  'isolation.run.notSeen':
    'The cloud answered that a step was done, but a minute of reading does not show it. The rest of the plan was not done; what was closed stays closed.',
  'isolation.run.stillOpen':
    'Every step for {name} was done and found, but the rules still let others in. Somebody may have changed them in the meantime. Plan again.',
  'isolation.run.unverified':
    'Every step for {name} was done, but reading the rules again did not prove it. Read them again before you rely on it.',
  'isolation.run.notRead':
    'The rules of {name} have not been read since Lockwatch started, or cannot be read now.',
  'isolation.run.noLonger':
    'The rules of {name} are not as Lockwatch left them. Somebody may have changed them.',
  'isolation.run.interrupted':
    'The last change of {name} was interrupted after {done} of {steps} steps. What was closed stays closed. Resume it, or undo it.',
  'isolation.run.nothingDone':
    'A change of {name} was recorded, but nothing of it was done. Resume it, or undo it.',
  'isolation.run.cancelled':
    'Cancelled after {done} of {steps} steps. What was closed stays closed. Resume it, or undo it.',
  'isolation.run.replaced':
    'The rules of {name} changed since the plan was shown, so nothing was done. Look at the new plan.',
  'isolation.run.noAccount':
    'An isolation of {name} is recorded, but there is no cloud account to read or restore it with. Its rollback recipe is in the journal folder.',
  'isolation.text.who': 'Isolated by {admin} at {at} (UTC).',
  'isolation.text.why': 'Reason: {reason}. Incident: {incident}.',
  'isolation.text.entry': 'Journal entry: {id}.json, beside this file.',
  'isolation.text.nothing': 'There is nothing to take back.',
  'isolation.text.original':
    'The original, as read at {at} (UTC): groups of each interface, then their rules.',
  'notice.journal.corrupt':
    'An entry of the isolation journal could not be read: {file}. It was kept as {aside}. An isolation may be in place in the cloud that Lockwatch has no record of.',
  'notice.journal.newer':
    'An entry of the isolation journal was written by a newer Lockwatch and is left as it is: {file}. Use that version to restore it.',
  'notice.journal.notMovable':
    'An entry of the isolation journal could not be read and not be moved: {file}.',
  'notice.journal.notReadable':
    'The isolation journal in {folder} cannot be read. Nothing is isolated or restored until it can.',
  'notice.journal.noAccount':
    '{count, plural, one {An isolation is} other {# isolations are}} recorded for instances without a profile or a cloud account: {names}. The rollback recipes are in {folder}.',
} as const;
