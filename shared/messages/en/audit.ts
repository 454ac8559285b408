export const audit = {
  'audit.action.isolate': 'Isolate',
  'audit.action.restoreToTrust': 'Restore to trusted addresses',
  'audit.action.undo': 'Undo',
  'audit.action.followAddress': 'Follow my address',
  'audit.action.resume': 'Resume',
  'audit.action.interrupted': 'Found interrupted at start',
  'audit.action.foreignFound': 'Found isolated by somebody else',
  'audit.action.recipeExported': 'Rollback recipe exported',
  'audit.action.auditExported': 'Audit trail exported',
  'audit.action.segmentBegun': 'New file begun',
  'audit.outcome.begun': 'Begun',
  'audit.outcome.succeeded': 'Succeeded',
  'audit.outcome.unverified': 'Not verified',
  'audit.outcome.failed': 'Failed',
  'audit.outcome.cancelled': 'Cancelled',
  'audit.outcome.noted': 'Noted',
  'audit.column.seq': 'Number',
  'audit.column.at': 'Time',
  'audit.column.action': 'Action',
  'audit.column.outcome': 'Outcome',
  'audit.column.admin': 'Admin',
  'audit.column.instance': 'Instance',
  'audit.column.instanceId': 'Instance ID',
  'audit.column.region': 'Region',
  'audit.column.reason': 'Reason',
  'audit.column.incident': 'Incident',
  'audit.column.before': 'Before',
  'audit.column.after': 'After',
  'audit.column.requestIds': 'Request IDs',
  'audit.column.error': 'Error',
  'audit.column.entry': 'Journal entry',
  'audit.column.previous': 'Previous hash',
  'audit.column.hash': 'Hash',
  'notice.audit.cutOff':
    'The last row of the audit trail was cut off, as a crash or a full disk does it: line {line} of {file}. The rows before it are unchanged. The file is kept as it is; a new one was begun.',
  'notice.audit.changed':
    'The audit trail was changed outside Lockwatch: line {line} of {file} does not fit the row before it. The file is kept as it is; a new one was begun.',
  'notice.audit.removed':
    'Rows are missing at the end of the audit trail: {file} ends before line {line}. The file is kept as it is; a new one was begun.',
  'notice.audit.unreadable':
    'Line {line} of the audit trail {file} cannot be read. The file is kept as it is; a new one was begun.',
  'notice.audit.notWritable':
    'The audit trail {file} cannot be written. Nothing is changed in the cloud until it can.',
  'notice.audit.notOpened':
    'The audit trail in {folder} cannot be read. Nothing is changed in the cloud until it can.',
  'notice.audit.outcomePending':
    '{count, plural, one {The outcome of an action} other {The outcomes of # actions}} could not be written to the audit trail yet. Lockwatch writes {count, plural, one {it} other {them}} as soon as it can.',
} as const;
