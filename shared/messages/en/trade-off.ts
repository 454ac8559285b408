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
    'Only failures that your watched instances and domain controllers logged are replayed. What was tried elsewhere in the domain is missing.',
  'tradeOff.assumption.adminsUnknown':
    'Whether the built-in Administrator locks here is not known; it is taken to lock like any other account.',
} as const;
