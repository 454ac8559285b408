/** What the lockout model and the watcher say: reasons, doubts, verdicts and the meaning of single events. */
export const model = {
  'lockout.reason.neverChecked': 'Not read yet',
  'lockout.reason.stale': 'The last reading is too old to rely on',
  'lockout.reason.noPolicy': 'The lockout policy could not be read',
  'lockout.reason.neverLocks': 'The policy never locks an account',
  'lockout.reason.administratorExempt': 'The policy spares the built-in Administrator',
  'lockout.reason.administratorExemptionUnknown':
    'Whether the policy spares the built-in Administrator is not known',
  'lockout.reason.authorityElsewhere':
    'A domain controller decides about this account, and this instance does not see all of its failures',
  'lockout.reason.auditingUnknown': 'Whether failures and locks are audited is not known',
  'lockout.reason.failuresNotAudited': 'Failed logons are not audited here, so they leave no trace',
  'lockout.reason.locksNotAudited': 'Locks are not audited here, so they leave no trace',
  'lockout.reason.unlocksNotAudited': 'Unlocks are not audited here, so it may have been unlocked already',
  'lockout.reason.uncertainFailures':
    '{failures, plural, one {# failure} other {# failures}} may or may not have counted',
  'lockout.reason.probablyLocked':
    'Probably locked: the threshold of {threshold, number} was reached, but locks are not audited here',
  'lockout.reason.thresholdReachedWithoutLock':
    'The threshold of {threshold, number} was reached, yet no lock was recorded',
  'lockout.reason.durationUnknown': 'How long a lock lasts could not be read',
  'lockout.reason.lockEvent': 'Windows recorded the lock',
  'lockout.reason.lockAttribute': 'The account says that it is locked',
  'lockout.reason.lockFlag': 'The account says that it is locked',
  'lockout.reason.lockRefusal': 'A logon was refused because the account is locked',
  'lockout.reason.gap.logCleared': 'The {channel} log was cleared, so earlier events are lost',
  'lockout.reason.gap.recordsMissing':
    'Events are missing from the {channel} log: it was overwritten before it was read',
  'lockout.reason.gap.logRebuilt': 'The {channel} log was started anew, so earlier events are lost',
  'lockout.reason.gap.beforeFirstRecord': 'The {channel} log does not reach back far enough',
  'lockout.reason.gap.broken': 'Some records of the {channel} log could not be understood',
  'lockout.forecast.noPolicy': 'Nothing can be foretold before the policy is read',
  'lockout.forecast.neverLocks': 'The policy never locks an account',
  'lockout.forecast.administratorExempt': 'The policy spares the built-in Administrator',
  'lockout.forecast.statusUnknown': 'Nothing can be foretold while the status is unknown',
  'lockout.forecast.neverLocksAlone': 'The failures are too far apart to lock the account by themselves',
  'lockout.forecast.tooFewFailures': 'Too few failures to tell a pace',
  'lockout.forecast.stopped': 'The failures have stopped',
  'lockout.forecast.tooSlow': 'At this pace the count resets between failures',
  'lockout.forecast.relocks': 'At this pace it locks again after the unlock',
  'lockout.forecast.locksAtThisPace': 'It locks if the pace holds',
  'lockout.policy.thresholdOutOfRange':
    'The threshold reads {threshold, number}. Windows allows at most 999.',
  'lockout.policy.windowOutOfRange':
    'The time after which the count resets reads {minutes, number} min. Windows allows 1 to 99,999.',
  'lockout.policy.durationOutOfRange':
    'The lockout duration reads {minutes, number} min. Windows allows at most 99,999.',
  'lockout.policy.durationShorterThanWindow':
    'The lockout ({duration, number} min) is shorter than the time after which the count resets ({window, number} min). Windows does not allow that, so one of the two was read wrongly.',
  'lockout.policy.note.neverLocks': 'No account ever locks.',
  'lockout.policy.note.untilAdmin': 'A locked account stays locked until an admin unlocks it.',
  'lockout.policy.note.lowThreshold': 'The threshold is low: a few slips lock a user out.',
  'lockout.policy.note.highThreshold': 'The threshold is high: a guesser has many tries.',
  'lockout.policy.note.administratorExempt': 'The built-in Administrator never locks.',
  'lockout.policy.note.administratorNetworkOnly':
    'When the built-in Administrator is locked, it can still sign in at the console.',
  'lockout.policy.note.administratorUnknown': 'Whether the built-in Administrator locks is not known.',
  'lockout.verdict.ownAddress':
    '{failures, plural, one {The failure comes} other {All # failures come}} from your own address {address}',
  'lockout.verdict.manyNames': '{names, plural, other {# account names}} were tried from the same sources',
  'lockout.verdict.manyAddresses':
    'Failures from {addresses, plural, one {# internet address} other {# internet addresses}}',
  'lockout.verdict.internetSource':
    '{addresses, plural, one {The failures come from the internet} other {# of the addresses are on the internet}}',
  'lockout.verdict.machinePace':
    '{failures, plural, one {# failure} other {# failures}}, faster than anybody types',
  'lockout.verdict.steadyPeriod':
    'A failure every {seconds, plural, one {second} other {# seconds}}, steady as a machine{burst, plural, =0 {} one {} other {, # at a time}}',
  'lockout.verdict.serviceLogon':
    '{failures, plural, one {# failure is} other {# failures are}} from a service or a scheduled task',
  'lockout.verdict.oneSource': 'They all come from one source',
  'lockout.verdict.fewThenSuccess':
    '{failures, plural, one {# failure} other {# failures}}, then the right password from the same source',
  'lockout.verdict.noPattern':
    '{failures, plural, one {# failure shows} other {# failures show}} no pattern yet',
  'lockout.verdict.incomplete.addressMissing':
    '{missing, number} of {failures, plural, one {# failure} other {# failures}} came without an address',
  'lockout.verdict.incomplete.addressInferred':
    'The address of {inferred, number} of {failures, plural, one {# failure} other {# failures}} was inferred',
  'lockout.verdict.incomplete.gap.logCleared': 'The {channel} log was cleared meanwhile',
  'lockout.verdict.incomplete.gap.recordsMissing': 'Events are missing from the {channel} log',
  'lockout.verdict.incomplete.gap.logRebuilt': 'The {channel} log was started anew meanwhile',
  'lockout.verdict.incomplete.gap.beforeFirstRecord': 'The {channel} log does not reach back far enough',
  'lockout.verdict.incomplete.gap.broken': 'Some records of the {channel} log could not be understood',
  'watch.reason.off': 'Watching is switched off for this instance',
  'watch.doubt.factsUnreadable': 'What kind of machine this is could not be read',
  'watch.doubt.policyUnreadable': 'The lockout policy could not be read again; the last one read is used',
  'watch.doubt.accountsUnreadable':
    'The accounts’ own state could not be read; what is shown rests on events',
  'watch.doubt.auditingUnreadable': 'Whether failures and locks are audited could not be read',
  'watch.doubt.clockMoved': 'The instance’s clock was changed; times before and after do not fit together',
  'watch.doubt.clockOff':
    'The instance’s clock is {minutes, plural, one {# minute} other {# minutes}} off; times are corrected by that',
  'evidence.why.wrongPassword': 'Wrong password: counts',
  'evidence.why.noSuchUser': 'There is no such account: nothing to count',
  'evidence.why.lockedOut': 'The account is locked: does not count and does not prolong the lock',
  'evidence.why.disabled': 'The account is disabled, and the password was right: does not count',
  'evidence.why.logonHours': 'Outside the logon hours, and the password was right: does not count',
  'evidence.why.workstationDenied':
    'Not allowed from this workstation, and the password was right: does not count',
  'evidence.why.passwordExpired': 'The password has expired, but was right: does not count',
  'evidence.why.accountExpired': 'The account has expired, and the password was right: does not count',
  'evidence.why.mustChangePassword': 'The password must be changed, but was right: does not count',
  'evidence.why.logonTypeDenied': 'Not allowed to log on this way: does not count',
  'evidence.why.revoked': 'Locked, disabled or expired: does not count',
  'evidence.why.noSmartcardSupport': 'Smart cards are not supported: does not count',
  'evidence.why.environment': 'A fault of the system, not of the password ({code}): does not count',
  'evidence.why.passwordChangeRefused': 'A password change was refused: may have counted',
  'evidence.why.generic': 'Windows does not say why ({code}): may have counted',
  'evidence.why.unknownCode': 'An unknown code, {code}: may have counted',
  'evidence.why.sameAttempt': 'The same attempt as another event: counted once',
  'evidence.why.success': 'The right password: clears the count',
  'evidence.why.lock': 'The account was locked',
  'evidence.why.unlock': 'An admin unlocked the account',
  'evidence.why.passwordReset': 'An admin set a new password: neither unlocks nor clears the count',
  'evidence.why.reading': 'The account’s state as it was read',
  'evidence.why.hint.ssh': 'An SSH logon failed: gives the address that the failure lacks',
  'evidence.why.hint.rdpFailed': 'An RDP logon failed: gives the address that the failure lacks',
  'evidence.why.hint.rdpUser': 'An RDP client named a user: gives an address',
  'evidence.why.hint.rdpConnection': 'An RDP client connected: gives an address',
  'evidence.why.hint.explicitCredentials': 'A process used other credentials: may hold an old password',
  'evidence.why.hint.rdpSession': 'An RDP session began or ended: its client may hold an old password',
  'evidence.why.gap.logCleared': 'The log was cleared: earlier events are lost',
  'evidence.why.gap.recordsMissing': 'Events are missing here: the log was overwritten before it was read',
  'evidence.why.gap.logRebuilt': 'The log was started anew: earlier events are lost',
  'evidence.why.gap.beforeFirstRecord': 'The log begins here',
  'evidence.why.gap.broken': 'Records here could not be understood',
  'evidence.why.nothing.notWatched': 'Says nothing about lockouts',
  'evidence.why.nothing.noAccountName': 'Names no account',
  'evidence.why.nothing.trustAccount': 'A computer or trust account: never locks',
  'evidence.why.nothing.provesNoPassword': 'A logon without a password check: clears nothing',
  'evidence.why.nothing.succeeded': 'Succeeded: nothing to count',
  'evidence.why.nothing.noAddress': 'Gives no address',
  'evidence.why.nothing.changesNoCount': 'Changes no count',
} as const;
