export const firstRun = {
  'firstRun.title': 'Watch your first Windows instance',
  'firstRun.what':
    'Lockwatch connects to the instance over SSH, reads its lockout policy and security log every few seconds, and tells you here and from the tray when an account is locked or about to be.',
  'firstRun.never':
    'It only reads: it changes nothing on the instance, never tests the password of any account, and never tries a refused SSH password a second time.',
  'firstRun.add.title': 'Add an instance',
  'firstRun.add.text': 'You need its address, an administrator account, and OpenSSH Server running on it.',
  'firstRun.add.button': 'Add instance',
  'firstRun.lab.title': 'Open the practice lab',
  'firstRun.lab.text':
    'Simulated instances on this computer: one under attack, one with a service on an old password, others quiet.',
  'firstRun.lab.button': 'Open practice lab',
  'firstRun.log.title': 'Open a saved log',
  'firstRun.log.text': 'Event XML that wevtutil or evtxexport wrote: see who was locked, by whom and why.',
  'firstRun.log.button': 'Open a saved log',
  'firstRun.help.openSsh': 'How to switch on OpenSSH Server',
} as const;
