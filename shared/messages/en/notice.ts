/** What concerns no single instance: files kept aside, the vault, the evidence store. */
export const notice = {
  'notice.file.corrupt':
    'The file {file} could not be read and was kept aside as {aside}. Lockwatch starts without it.',
  'notice.file.corruptRestored':
    'The file {file} could not be read and was kept aside as {aside}. Its backup {backup} was restored.',
  'notice.file.newer':
    'The file {file} was written by a newer Lockwatch (version {version}) and was kept aside as {aside}. Lockwatch starts without it.',
  'notice.file.newerRestored':
    'The file {file} was written by a newer Lockwatch (version {version}) and was kept aside as {aside}. Its backup {backup} was restored.',
  'notice.file.notReadable':
    'The file {file} cannot be opened. Nothing is written to it until Lockwatch can read it: look at its permissions, then start Lockwatch again.',
  'notice.file.notMovable':
    'The file {file} could not be read and cannot be moved aside, so nothing is written to it. Move it by hand, then start Lockwatch again.',
  'notice.file.notWritable': 'The file {file} cannot be written. Changes last until Lockwatch quits.',
  'notice.profile.sameName':
    '{count, plural, one {Another instance is} other {# other instances are}} called {name} too.',
  'notice.vault.memory':
    'This computer offers no vault for passwords ({backend}). Lockwatch keeps them in memory only and asks again after it restarts.',
  'notice.vault.undecryptable':
    '{count, plural, one {A saved password} other {# saved passwords}} cannot be decrypted: the keyring is another one. Enter {count, plural, one {it} other {them}} again.',
  'notice.store.diskFull':
    'The disk is full: new evidence cannot be stored, and every status becomes unknown. Make room; Lockwatch goes on by itself and misses nothing that the logs still hold.',
  'notice.store.notWritable':
    'New evidence cannot be stored, and every status becomes unknown. Lockwatch keeps trying; look at the permissions of its data folder.',
  'notice.store.keptAside':
    'The evidence could not be read and was kept aside as {aside}. Lockwatch began a new one from what the logs still hold.',
  'notice.store.notOpened':
    'The evidence in {file} cannot be opened ({code}). Nothing is watched until it can.',
  'watch.reason.off': 'Watching is switched off for this instance',
} as const;
