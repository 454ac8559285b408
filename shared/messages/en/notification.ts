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
  'notification.isolation.isolated.title': 'RDP of {instance} is isolated',
  'notification.isolation.isolated.body': 'the rules were read again and let nobody in',
  'notification.isolation.isolated.except':
    'the rules were read again and let nobody in; members of its own group still reach it',
  'notification.isolation.trusted.title': 'RDP of {instance} is open to trusted addresses only',
  'notification.isolation.trusted.body':
    '{count, plural, one {# address block} other {# address blocks}}: {cidrs}',
  'notification.isolation.restored.title': 'The original rules of {instance} are back',
  'notification.isolation.restored.body': 'RDP can be reached again as before the isolation',
  'notification.isolation.unverified.title': 'RDP of {instance}: not verified',
  'notification.isolation.attention.title': 'The isolation of {instance} needs you',
  'notification.isolation.attention.body': 'what was closed stays closed',
  'notification.isolation.foreign.title': 'RDP of {instance} was isolated by {by}',
  'notification.isolation.foreign.body': 'found in the cloud, not begun here',
  'notification.address.title': 'Your public address has changed',
  'notification.address.body':
    '{count, plural, one {# instance still trusts} other {# instances still trust}} {oldCidr} instead of {newCidr}',
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
