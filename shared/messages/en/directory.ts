export const directory = {
  // why nothing can be said
  'directory.reason.off': 'This directory is not watched.',
  'directory.reason.neverRead': 'The domain has not been read yet.',
  'directory.reason.stale': 'The last reading is too old to say how things are now.',
  'directory.reason.mayNotRead':
    'The user who signs in may not read the attributes that show locks. An empty list would prove nothing.',
  'directory.reason.notReadable': 'What shows its state may not be read.',
  'directory.reason.odd': 'The value of {attribute} is none that Active Directory writes.',
  'directory.reason.policyUnknown': 'The policy that governs it could not be read.',
  'directory.reason.pdcSilent':
    'The PDC emulator did not answer; what other controllers say is not the truth.',
  'directory.doubt.clock':
    'The PDC emulator’s clock is {seconds, plural, one {# second} other {# seconds}} off. Times are shown by this computer’s clock.',
  'directory.doubt.psoUnreadable':
    'Some accounts are governed by password settings objects that may not be read. Nothing is assumed about these accounts.',
  // the controller table
  'directory.table.pdcDecides':
    '{host} is the PDC emulator: what it says is the account’s state. It judges every failure that other controllers pass on to it.',
  'directory.table.pdcUnknown': 'The PDC emulator is not known, so none of these rows is the truth.',
  'directory.table.pdcSilent':
    '{host}, the PDC emulator, does not answer. The other rows show what each controller knows by itself, not the account’s state.',
  'directory.table.silent':
    '{count, plural, one {One other controller does} other {# other controllers do}} not answer. That changes nothing about the account’s state.',
  'directory.table.neverSum':
    'Counts are each controller’s own and must not be added up: the PDC emulator counts the failures of all.',
  'directory.difference.notThere': 'It does not have this account yet: replication has not reached it.',
  'directory.difference.noTruth': 'There is nothing to compare it with.',
  'directory.difference.staleLock':
    'It still holds a lock that the PDC emulator no longer has. The unlock has not reached it yet; sign-ins here may be refused until then.',
  'directory.difference.staleLockReadOnly':
    'A read-only controller keeps its own lock until replication brings the unlock. Sign-ins at its site may be refused until then.',
  'directory.difference.lockNotArrived':
    'The lock has not reached it yet. It passes wrong passwords on to the PDC emulator all the same.',
  'directory.difference.olderPassword':
    'It has an older password of the account. It asks the PDC emulator before it refuses the new one.',
  'directory.difference.newerPassword':
    'It has a newer password than the PDC emulator; replication is on its way.',
  'directory.difference.ownCount':
    'It counted {here, plural, one {# failure} other {# failures}} itself, the PDC emulator {truth}: every controller counts only what was tried at it.',
  'directory.difference.ownCountReadOnly':
    'A read-only controller counts by itself ({here}) and passes failures on; the PDC emulator has {truth}.',
  'directory.difference.keptCount':
    'It keeps {here, plural, one {# failure} other {# failures}} from before the unlock or the right password. That count has no effect any more.',
  // unlocking
  'directory.unlock.does':
    'Sets lockoutTime of {name} to 0 at {host}, the PDC emulator. The account is open at once and its count starts at 0. The password stays as it is.',
  'directory.unlock.wouldOpenByItself': 'Without it, the lock ends by itself at {at, time, short}.',
  'directory.unlock.staysDisabled':
    '{name} is disabled and stays so: nobody can sign in with it after the unlock either.',
  'directory.unlock.attackGoesOn':
    'Somebody is guessing this account’s password. As long as that goes on, it will be locked again; close the way in first.',
  'directory.unlock.staleCredential':
    'Something keeps using an old password. It will lock the account again unless that saved password is changed.',
  'directory.unlock.relocksIn':
    'At the pace of the failures seen, it locks again {seconds, plural, one {# second} other {# seconds}} after the unlock.',
  'directory.unlock.sourceUnknown':
    'No watched instance has seen where the failures come from. If their cause goes on, the account locks again.',
  'directory.unlock.othersFollow':
    'Other controllers learn of it by replication; until then some may go on refusing.',
  'directory.unlock.rightUnknown':
    'The controller does not say whether the signed-in user may do this. It may refuse; then nothing has changed.',
  'directory.unlock.notLocked': '{name} is not locked at the PDC emulator. There is nothing to unlock.',
  'directory.unlock.mayNot':
    '{user} may not unlock it: the right “Write lockoutTime” on {object} is missing. A domain administrator can grant it on the organisational unit.',
  'directory.unlock.notReadAgain':
    'It was written, but the account could not be read again. Look at it once more before relying on it.',
  'directory.unlock.lockedAgain':
    'It was written, and the account is locked when read again: a failure came in at the same moment.',
  'directory.fact.unlocked': '{name} was unlocked at the domain’s PDC emulator',
  // the connection check
  'directory.check.given':
    '{count, plural, one {One controller} other {# controllers}} to begin with, as given',
  'directory.check.found':
    'DNS names {count, plural, one {one controller} other {# controllers}} of the domain',
  'directory.check.tcp': '{host} answers on port {port, number, ::group-off}',
  'directory.check.tcpPassed': 'The controller answers',
  'directory.check.certificate': 'The certificate of {host} is accepted',
  'directory.check.certificatePassed': 'The connection is encrypted',
  'directory.check.plain':
    'Not encrypted, as chosen: whoever can read along on the way to {host} gets the password and everything that is read',
  'directory.check.bind': '{user} is signed in',
  'directory.check.bindPassed': 'Signed in',
  'directory.check.domain': '{host} is a domain controller of {name}',
  'directory.check.pdc':
    '{host} is the PDC emulator, of {count, plural, one {one controller} other {# controllers}} in all',
  'directory.check.noPdc':
    'Which controller is the PDC emulator cannot be told; without it no account’s state is known',
  'directory.check.policy':
    'The domain’s policy locks after {threshold, plural, one {# failure} other {# failures}}',
  'directory.check.policyNever': 'The domain’s policy never locks an account',
  'directory.check.psoUnreadable':
    'The domain’s policy is read; password settings objects may not be read, so accounts that have one stay unknown',
  'directory.check.accounts':
    'Accounts are readable; {count, plural, =0 {none has} one {one has} other {# have}} a lock or failures stored',
  'directory.check.mayUnlock': 'The signed-in user may unlock accounts',
  'directory.check.mayNotUnlock':
    'The signed-in user may not unlock: the right “Write lockoutTime” on user objects is missing. Watching works without it',
  'directory.check.unlockUnknown':
    'Whether the signed-in user may unlock shows only with an account that is locked',
  'directory.check.controllers':
    'All {count, plural, one {controllers answer: one} other {# controllers answer}}',
  'directory.check.someControllers':
    '{answering} of {count} controllers answer; the others are shown as silent in the table',
  'directory.check.clock': 'The clocks agree ({seconds} s)',
  'directory.check.clockOff':
    'The clocks are {seconds} s apart. Kerberos refuses more than five minutes; times are converted',
  'directory.check.clockUnknown': 'The controller does not say what time it has',
} as const;
