/**
 * Failures of the app itself, of files and of the vault, and what the admin must know of them. A sentence has
 * a placeholder only where every maker of the error gives its value.
 */
export const errorApp = {
  'error.app.invalidArgument': 'That was not understood. Check what you entered and try again.',
  'error.app.senderRejected': 'The request did not come from Lockwatch’s own window and was refused.',
  'error.app.unknownChannel':
    'This part of Lockwatch does not know the request. Restart Lockwatch to bring its parts together.',
  'error.app.notFound': 'It is no longer there. It may have been deleted in the meantime.',
  'error.app.cancelled': 'Cancelled.',
  'error.app.busy': 'Lockwatch is still busy with the last request. Try again in a moment.',
  'error.app.internal': 'Something went wrong inside Lockwatch. The log has the details under the reference.',
  'error.file.notFound': 'The file is not there.',
  'error.file.notReadable': 'The file cannot be read. Check that it is a file and that you may read it.',
  'error.file.notWritable':
    'The file cannot be written. Check that you may write to its folder, then try again.',
  'error.file.diskFull':
    'The disk is full. Free some space, then try again: nothing that was saved before is lost.',
  'error.file.corrupt': 'The file is damaged and cannot be read. It was kept as it is.',
  'error.file.newerVersion':
    'The file was written by a newer Lockwatch. Update Lockwatch to read it; the file was left as it is.',
  'error.file.tooLarge': 'The file is too large to be read.',
  'error.store.unavailable':
    'The evidence cannot be reached at the moment. Lockwatch is starting its reader again; try again shortly.',
  'error.log.binary':
    'This is a binary event log. Turn it into XML first: wevtutil qe FILE.evtx /lf:true /f:xml > out.xml, or evtxexport -f xml.',
  'error.log.empty': 'The file is empty.',
  'error.log.noEvents':
    'There is no Windows event in this file. Event XML as wevtutil or evtxexport writes it can be read.',
  'error.log.unordered':
    'The events are not in order, and there are too many to put them in order here. Export the log again with the oldest event first.',
  'error.print.failed': 'It could not be printed. Try again; if it fails again, save it as PDF.',
  'error.print.noPrinter': 'The system has no printer. Add one in its settings, or save it as PDF.',
  'error.vault.unavailable': 'The system’s vault for passwords did not answer. Unlock it, then try again.',
  'error.vault.undecryptable':
    'The saved secret can no longer be decrypted: the system’s key has changed. Enter it again.',
  'error.vault.secretMissing': 'A password or passphrase is missing. Enter it in the instance’s profile.',

  'notice.file.corrupt':
    'A file of Lockwatch was damaged. It was kept as {aside}; Lockwatch began a new one.',
  'notice.file.corruptRestored':
    'A file of Lockwatch was damaged. It was kept as {aside}; the newest backup, {backup}, is in use.',
  'notice.file.newer':
    'A file was written by a newer Lockwatch. It was kept as {aside}; Lockwatch began a new one.',
  'notice.file.newerRestored':
    'A file was written by a newer Lockwatch. It was kept as {aside}; the newest backup, {backup}, is in use.',
  'notice.file.notMovable':
    '{file} cannot be read and cannot be moved aside. Changes are not saved until it is mended.',
  'notice.file.notReadable': '{file} cannot be read. Changes are not saved until it can.',
  'notice.file.notWritable': '{file} cannot be written. Changes are not saved until it can.',
  'notice.profile.sameName':
    '{count, plural, one {Another instance is} other {# other instances are}} called {name}, too.',
  'notice.store.diskFull':
    'The disk is full: new evidence cannot be stored. Watching goes on; free some space.',
  'notice.store.notWritable':
    'New evidence cannot be stored. Watching goes on; see whether the data folder can be written.',
  'notice.store.notOpened': 'The evidence in {file} cannot be opened. Lockwatch keeps trying.',
  'notice.store.keptAside':
    'The evidence database was damaged. It was kept as {aside}; Lockwatch began a new one.',
  'notice.vault.undecryptable':
    '{count, plural, one {A saved secret} other {# saved secrets}} can no longer be decrypted. Enter {count, plural, one {it} other {them}} again.',
} as const;
