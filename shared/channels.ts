/**
 * Every request and event between the window and main, by name only. `contract.ts` gives each its schemas and
 * does not compile when the two lists differ; the preload needs the names alone and stays small.
 */
export const requestChannels = {
  app: ['snapshot', 'openExternal'],
  profiles: ['save', 'delete', 'undoDelete', 'secretStates'],
  hostKeys: ['decide', 'forget'],
  check: ['start', 'cancel'],
  instance: ['refresh', 'reconnect', 'timeline', 'sources', 'evidence', 'brokenRecords'],
  settings: ['save'],
  notifications: ['pause'],
  savedLog: ['open', 'cancel'],
  lab: ['open', 'close', 'trigger'],
  isolation: ['refresh', 'plan', 'apply', 'cancel', 'resume', 'recipe', 'saveRecipe', 'answerOffer'],
  publicAddress: ['find'],
  cloud: [
    'importable',
    'saveAccount',
    'importAccount',
    'deleteAccount',
    'checkAccount',
    'regions',
    'discover',
    'adopt',
    'ramPolicy',
  ],
  audit: ['page', 'export'],
  runbook: ['contents', 'page', 'search', 'print'],
  unlock: ['plan', 'apply'],
  passwordReset: ['begin', 'reboot', 'copy', 'save', 'forget', 'cancelWait', 'watch'],
  console: ['describe', 'open', 'setPassword'],
  policy: ['tradeOff', 'cancelTradeOff'],
  checklist: ['tick', 'focus', 'print'],
  directory: [
    'save',
    'delete',
    'undoDelete',
    'startCheck',
    'cancelCheck',
    'decideCertificate',
    'forgetCertificate',
    'refresh',
    'reconnect',
    'accounts',
    'table',
    'planUnlock',
    'applyUnlock',
  ],
  incidents: ['list', 'record', 'addNote', 'close', 'reopen', 'export'],
  rdp: ['probe', 'cancel', 'acceptCertificate', 'clients', 'connect'],
} as const;

export const eventChannels = {
  state: ['changed'],
  check: ['progress'],
  savedLog: ['progress'],
  directory: ['checked'],
  window: ['navigate'],
} as const;

export type RequestChannels = typeof requestChannels;
export type EventChannels = typeof eventChannels;
