export const policy = {
  'policy.title': 'Lockout policy',
  'policy.unknown': 'Not read yet. Until then the count cannot be compared with a threshold.',
  'policy.threshold': 'Threshold',
  'policy.threshold.value': '{count, plural, one {# failed logon} other {# failed logons}}',
  'policy.threshold.never': '0: never locks',
  'policy.window': 'Count resets after',
  'policy.window.value': '{duration} without a failure',
  'policy.duration': 'Locked for',
  'policy.duration.untilAdmin': 'until an admin unlocks',
  'policy.admins': 'Built-in Administrator',
  'policy.admins.yes': 'locks too, for network logons and RDP',
  'policy.admins.no': 'never locks',
  'policy.admins.unknown': 'not known whether it locks',
  'policy.source': 'Comes from',
  'policy.source.local': 'this instance',
  'policy.source.domain': 'the domain',
  'policy.source.pso': 'a fine-grained policy of the domain',
  'policy.readAt': 'Read',
  'policy.meaning.never': 'No account ever locks here, however often a password is guessed.',
  'policy.meaning.auto':
    'The {count, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} failed logon locks the account for {duration}. Each failure keeps the count alive for another {window}.',
  'policy.meaning.untilAdmin':
    'The {count, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} failed logon locks the account until an admin unlocks it. Each failure keeps the count alive for another {window}.',
  'policy.tradeoff.never': 'Users are never shut out, but nothing slows a guesser down.',
  'policy.tradeoff.low':
    'This low threshold stops guessers early. It also lets a few slips, or anybody who wants to, shut a user out.',
  'policy.tradeoff.middle':
    'This threshold forgives slips and still stops fast guessing. Anybody who can reach RDP can still shut users out.',
  'policy.tradeoff.high':
    'This high threshold spares users. It leaves guessers many tries, so strong passwords and closed ports matter more.',
  'policy.guesses': 'A patient guesser gets up to {count, number} tries a day on one account.',
} as const;
