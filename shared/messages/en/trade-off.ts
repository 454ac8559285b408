export const tradeOffWords = {
  'tradeOff.assumption.sameBehaviour':
    'Everybody is taken to have tried exactly as they did. A real guesser who is locked out for longer may go on to other accounts; a user who is locked out stops and calls.',
  'tradeOff.assumption.whoIsBehind':
    'A guesser is an address that failed with three names or more, or with ten passwords and more from the internet without ever signing in. Everybody else with an address is a user, services with an old password included.',
  'tradeOff.assumption.refusedWereWrong':
    'What was refused because the account was locked is taken as a wrong password where another policy would have looked at it. Nobody can know.',
  'tradeOff.assumption.upperBound':
    'A logon with one of the two passwords before is not counted by Windows and looks like any other in the log, so real users may have locked less often than shown.',
  'tradeOff.assumption.instance':
    'Only what this instance logged in that time and Lockwatch still keeps is replayed.',
  'tradeOff.assumption.directory':
    'Replayed is what your watched instances logged of the domain’s accounts, and what the PDC emulator counted while Lockwatch watched it. Attempts on a locked account are not counted there, so those that no watched instance logged are missing.',
  'tradeOff.assumption.pdcCounts':
    'The PDC emulator keeps how many failures there were and when the last one was, not where they came from. What no watched instance logged within two seconds is taken as attempts of nobody known, all at the time of the last; a count that was cleared between two readings is seen in part only.',
  'tradeOff.assumption.adminsUnknown':
    'Whether the built-in Administrator locks here is not known; it is taken to lock like any other account.',
  'tradeOff.title': 'Lockout policy of {name}',
  'tradeOff.back': 'Back',
  'tradeOff.open': 'What other values would have done…',
  'tradeOff.values': 'The three values',
  'tradeOff.values.threshold':
    'The threshold is how many failed logons in a row lock the account. Low stops guessers early, and lets a few slips, or anybody who wants to, shut a user out. High spares users, and gives guessers more tries.',
  'tradeOff.values.window':
    'The window is how long after the last failure the count is forgotten. It slides: every failure that counts begins it anew.',
  'tradeOff.values.duration':
    'The duration is how long a locked account stays locked. With 0 it stays so until an admin unlocks it, and then a guesser can keep every user out for as long as he likes.',
  'tradeOff.try': 'Try other values on what really happened',
  'tradeOff.threshold': 'Threshold',
  'tradeOff.threshold.unit': 'failed logons',
  'tradeOff.threshold.hint': '0 to 999; 0 never locks',
  'tradeOff.windowMinutes': 'Count forgotten after',
  'tradeOff.windowMinutes.hint': '1 to 99,999 minutes',
  'tradeOff.durationMinutes': 'Locked for',
  'tradeOff.durationMinutes.hint': '0 to 99,999 minutes; 0 is until an admin unlocks',
  'tradeOff.minutes': 'minutes',
  'tradeOff.days': 'Look back',
  'tradeOff.days.value': '{count, plural, one {# day} other {# days}}',
  'tradeOff.run': 'Replay',
  'tradeOff.running': 'Replaying what was seen…',
  'tradeOff.cancel': 'Stop',
  'tradeOff.error.threshold': 'Give a whole number from 0 to 999.',
  'tradeOff.error.windowMinutes': 'Give whole minutes from 1 to 99,999.',
  'tradeOff.error.durationMinutes': 'Give whole minutes from 0 to 99,999.',
  'tradeOff.error.shorterThanWindow':
    'Windows refuses a lock that is shorter than the window. Give at least as many minutes, or 0.',
  'tradeOff.user.never': 'A user who mistypes is never locked out.',
  'tradeOff.user.auto':
    'A user may mistype {slips, plural, =0 {not even once} one {# time} other {# times}} within {window} of the last slip; the next one locks for {duration}.',
  'tradeOff.user.untilAdmin':
    'A user may mistype {slips, plural, =0 {not even once} one {# time} other {# times}} within {window} of the last slip; the next one locks until an admin helps.',
  'tradeOff.guesser.never': 'A guesser may try as fast as the network allows, for ever.',
  'tradeOff.guesser.auto':
    'A patient guesser gets up to {guesses, number} tries a day on each account, {year, number} a year. Every account has its own count, so ten accounts give ten times as many.',
  'tradeOff.seen':
    'Seen from {from} to {to}: {guesses, plural, one {# failed logon} other {# failed logons}} of guessers, {users, plural, one {# of users} other {# of users}}, {unknown, plural, one {# of nobody known} other {# of nobody known}}, on {accounts, plural, one {# account} other {# accounts}}.',
  'tradeOff.nothing': 'No failed logon was seen in that time, so there is nothing to replay.',
  'tradeOff.column.policy': 'Policy',
  'tradeOff.column.lockouts': 'Lockouts',
  'tradeOff.column.byUsers': 'by users themselves',
  'tradeOff.column.shutOut': 'Right passwords refused',
  'tradeOff.column.locked': 'Time locked',
  'tradeOff.column.guesses': 'Guesses looked at',
  'tradeOff.column.perDay': 'a day',
  'tradeOff.column.ceiling': 'At most a day, per account',
  'tradeOff.row.current': 'in force',
  'tradeOff.row.own': 'yours',
  'tradeOff.row.comparison': 'for comparison',
  'tradeOff.policy.never': 'never locks',
  'tradeOff.policy.auto':
    '{threshold, plural, one {# failure} other {# failures}}, forgotten after {window}, locked for {duration}',
  'tradeOff.policy.untilAdmin':
    '{threshold, plural, one {# failure} other {# failures}}, forgotten after {window}, locked until an admin',
  'tradeOff.unlimited': 'no limit',
  'tradeOff.assumptions': 'What these numbers rest on',
  'tradeOff.gone': 'This instance or directory is no longer here.',
} as const;
