export const notification = {
  'notification.lockout.title': '{account} on {instance} is locked',
  'notification.imminent.title': '{account} on {instance} is about to lock',
  'notification.unlock.title': '{account} on {instance} is unlocked',
  'notification.unreachable.title': '{instance} cannot be reached',
  'notification.needsAdmin.title': '{instance} needs you',
  'notification.by.address':
    'by failed logons from {address}{others, plural, =0 {} one { and # other address} other { and # other addresses}}',
  'notification.by.workstation': 'by failed logons from {workstation}',
  'notification.untilAdmin': 'stays locked until an administrator unlocks it',
  'notification.untilTime': 'unlocks by itself at {time} ({zone})',
  'notification.untilDate': 'unlocks by itself on {date} at {time} ({zone})',
  'notification.imminent.left': '{remaining, plural, one {# attempt} other {# attempts}} of {threshold} left',
  'notification.imminent.pace':
    'locks in about {seconds, plural, one {# second} other {# seconds}} at this pace',
  'notification.unlock.byItself': 'the lockout time is over',
  'notification.unlock.early': 'somebody unlocked it before its time was over',
  'notification.unlock.again':
    'at this pace it locks again in about {seconds, plural, one {# second} other {# seconds}}',
  'notification.many.lockout.one': '{count, plural, one {# account} other {# accounts}} on {instance} locked',
  'notification.many.lockout.several':
    '{count, plural, one {# account} other {# accounts}} on {instances} instances locked',
  'notification.many.imminent.one':
    '{count, plural, one {# account} other {# accounts}} on {instance} about to lock',
  'notification.many.imminent.several':
    '{count, plural, one {# account} other {# accounts}} on {instances} instances about to lock',
  'notification.many.unlock.one':
    '{count, plural, one {# account} other {# accounts}} on {instance} unlocked',
  'notification.many.unlock.several':
    '{count, plural, one {# account} other {# accounts}} on {instances} instances unlocked',
  'notification.many.unreachable.one': '{instance} cannot be reached',
  'notification.many.unreachable.several':
    '{count, plural, one {# instance} other {# instances}} cannot be reached',
  'notification.many.names': '{names}{more, plural, =0 {} other { and # more}}',
  'notification.practice': 'Practice: {title}',
} as const;
