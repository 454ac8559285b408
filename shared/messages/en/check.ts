export const check = {
  'check.step.name': 'Name',
  'check.step.tcp': 'Network',
  'check.step.hostKey': 'Host key',
  'check.step.authentication': 'Authentication',
  'check.step.shell': 'Shell',
  'check.step.eventLog': 'Event log',
  'check.step.policy': 'Lockout policy',
  'check.step.rights': 'Rights',
  'check.step.auditing': 'Auditing',
  'check.step.clock': 'Clock',
  'check.skipped': 'Not reached.',
  'check.name.passed': '{host} is {address}.',
  'check.name.byJumpHost': 'The jump host resolves this name.',
  'check.tcp.passed': '{host} answers on port {port, number, ::group-off}.',
  'check.hostKey.passed': 'The host key is the one you accepted.',
  'check.authentication.passed':
    'Signed in as {user} with {method, select, password {the password} key {the private key} other {the SSH agent}}.',
  'check.shell.cmd': 'The default shell is cmd.',
  'check.shell.powershell': 'The default shell is PowerShell.',
  'check.shell.other':
    'The default shell is neither cmd nor PowerShell. Lockwatch works only if it can start PowerShell.',
  'check.eventLog.passed':
    'The Security log is readable and holds {count, plural, one {# record} other {# records}}. The logs that add addresses are there too.',
  'check.eventLog.someMissing':
    'The Security log is readable and holds {count, plural, one {# record} other {# records}}. Not on this instance: {missing}. Some failures may have no address.',
  'check.eventLog.empty': 'The Security log is readable but empty. Was it cleared, or is auditing off?',
  'check.policy.passed':
    '{threshold, plural, one {# failure} other {# failures}} within {windowMinutes, plural, one {# minute} other {# minutes}} {threshold, plural, one {locks} other {lock}} an account for {durationMinutes, plural, one {# minute} other {# minutes}}.',
  'check.policy.untilAdmin':
    '{threshold, plural, one {# failure} other {# failures}} within {windowMinutes, plural, one {# minute} other {# minutes}} {threshold, plural, one {locks} other {lock}} an account until an administrator unlocks it.',
  'check.policy.never': 'This instance never locks an account: its lockout threshold is 0.',
  'check.rights.passed': 'The session has administrator rights on {computer} ({system}).',
  'check.rights.limited':
    'The session has no administrator rights on {computer} ({system}). Policy and auditing cannot be read without them; use an administrator account.',
  'check.auditing.passed': 'Failed logons, lockouts and unlocks are recorded.',
  'check.auditing.unknown': 'Whether failed logons and lockouts are recorded could not be read.',
  'check.auditing.off':
    'Not everything is recorded. {logon, select, off {Failed logons are not audited (Logon, failure). } other {}}{accountLockout, select, off {Attempts on locked accounts are not audited (Account Lockout, failure). } other {}}{userAccountManagement, select, off {Locks and unlocks are not audited (User Account Management, success). } other {}}Turn it on in the audit policy.',
  'check.clock.same': 'The clock agrees with this computer, to within {uncertainty, number} s.',
  'check.clock.ahead': 'The clock is {seconds, number} s ahead (give or take {uncertainty, number} s).',
  'check.clock.behind': 'The clock is {seconds, number} s behind (give or take {uncertainty, number} s).',
  'check.clock.aheadFarOff':
    'The clock is {seconds, number} s ahead (give or take {uncertainty, number} s). Times are corrected by this, but check the time service of both computers.',
  'check.clock.behindFarOff':
    'The clock is {seconds, number} s behind (give or take {uncertainty, number} s). Times are corrected by this, but check the time service of both computers.',
} as const;
