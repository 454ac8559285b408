import { z } from 'zod';

/**
 * The closed set of expected failures. Every code has a sentence under `error.<code>` in the message
 * catalogue that says what is wrong and what to do.
 */
const catalogue = {
  // the app itself
  'app.invalidArgument': { retryable: false },
  'app.senderRejected': { retryable: false },
  'app.unknownChannel': { retryable: false },
  'app.notFound': { retryable: false },
  'app.cancelled': { retryable: true },
  'app.busy': { retryable: true },
  'app.internal': { retryable: false },
  // files and database
  'file.notFound': { retryable: false },
  'file.notReadable': { retryable: false },
  'file.notWritable': { retryable: true },
  'file.diskFull': { retryable: true },
  'file.corrupt': { retryable: false },
  'file.newerVersion': { retryable: false },
  'file.tooLarge': { retryable: false },
  'store.unavailable': { retryable: true },
  // recorded logs
  'log.binary': { retryable: false },
  'log.empty': { retryable: false },
  'log.noEvents': { retryable: false },
  'log.unordered': { retryable: false },
  // printing
  'print.failed': { retryable: true },
  'print.noPrinter': { retryable: false },
  // secrets
  'vault.unavailable': { retryable: true },
  'vault.undecryptable': { retryable: false },
  'vault.secretMissing': { retryable: false },
  // reaching an instance
  'net.nameNotFound': { retryable: true },
  'net.refused': { retryable: true },
  'net.unreachable': { retryable: true },
  'net.timeout': { retryable: true },
  'net.closed': { retryable: true },
  'ssh.notSsh': { retryable: false },
  'ssh.negotiation': { retryable: false },
  'ssh.hostKeyUnknown': { retryable: false },
  'ssh.hostKeyChanged': { retryable: false },
  'ssh.hostKeyRevoked': { retryable: false },
  'ssh.methodNotOffered': { retryable: false },
  'ssh.passwordExpired': { retryable: false },
  'ssh.passwordUnanswered': { retryable: false },
  'ssh.passwordRefused': { retryable: false },
  'ssh.keyRefused': { retryable: false },
  'ssh.keyUnreadable': { retryable: false },
  'ssh.keyPassphrase': { retryable: false },
  'ssh.agentUnavailable': { retryable: true },
  'ssh.forwardRefused': { retryable: true },
  'ssh.execFailed': { retryable: true },
  'ssh.commandTimeout': { retryable: true },
  // reading Windows
  'windows.shellUnknown': { retryable: false },
  'windows.accessDenied': { retryable: false },
  'windows.channelMissing': { retryable: false },
  'windows.unreadableAnswer': { retryable: true },
  'windows.commandFailed': { retryable: true },
  // one account of an instance
  'account.notConnected': { retryable: true },
  // talking to a cloud
  'cloud.credentialsMissing': { retryable: false },
  'cloud.auth': { retryable: false },
  'cloud.expired': { retryable: false },
  'cloud.denied': { retryable: false },
  'cloud.throttled': { retryable: true },
  'cloud.notFound': { retryable: false },
  'cloud.conflict': { retryable: true },
  'cloud.tokenMismatch': { retryable: false },
  'cloud.invalid': { retryable: false },
  'cloud.network': { retryable: true },
  'cloud.timeout': { retryable: true },
  'cloud.server': { retryable: true },
  'cloud.limit': { retryable: false },
  'cloud.lockedForSecurity': { retryable: false },
  'cloud.managed': { retryable: false },
  'cloud.clockSkew': { retryable: false },
  'cloud.unreadableAnswer': { retryable: true },
  'cloud.answerTooLarge': { retryable: false },
  'cloud.lastGroup': { retryable: false },
  'cloud.endpointInsecure': { retryable: false },
  'cloud.cliConfigMissing': { retryable: false },
  'cloud.cliConfigUnreadable': { retryable: false },
  'cloud.addressNotFound': { retryable: true },
  // the proof of Remote Desktop, and its clients
  'rdp.tlsFailed': { retryable: true },
  'rdp.tooMuch': { retryable: false },
  'rdp.clientMissing': { retryable: false },
  'rdp.clientFailed': { retryable: true },
  // reading a directory
  'directory.controllersNotFound': { retryable: true },
  'directory.refused': { retryable: true },
  'directory.notLdap': { retryable: false },
  'directory.tlsFailed': { retryable: true },
  'directory.startTlsRefused': { retryable: false },
  'directory.certificateUnknown': { retryable: false },
  'directory.certificateChanged': { retryable: false },
  'directory.bindRefused': { retryable: false },
  'directory.passwordRefused': { retryable: false },
  'directory.bindUnanswered': { retryable: false },
  'directory.encryptionRequired': { retryable: false },
  'directory.otherDomain': { retryable: false },
  'directory.pdcUnknown': { retryable: true },
  'directory.insufficientRights': { retryable: false },
  'directory.noSuchObject': { retryable: false },
  'directory.referral': { retryable: false },
  'directory.busy': { retryable: true },
  'directory.limit': { retryable: true },
  'directory.unreadableAnswer': { retryable: true },
  'directory.operationRefused': { retryable: true },
  'directory.incomplete': { retryable: true },
  'directory.previewGone': { retryable: false },
  // consoles
  'console.none': { retryable: false },
  'console.tooOften': { retryable: true },
  'console.expired': { retryable: true },
  'console.pageNotLoaded': { retryable: true },
  'console.pageRefused': { retryable: false },
  // isolating and restoring
} as const satisfies Record<string, { retryable: boolean }>;

export type ErrorCode = keyof typeof catalogue;
export const errorCodes = Object.keys(catalogue) as ErrorCode[];

export const errorSchema = z.object({
  code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
  retryable: z.boolean(),
  /** Catalogue key of the sentence for the user. */
  messageKey: z.string(),
  /** Values for the sentence's placeholders. Never a secret, never a request URL. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Ties the sentence on the screen to a line in the log. */
  correlationId: z.string(),
});
export type AppError = z.infer<typeof errorSchema>;

let counter = 0;

/** Builds an expected failure. `params` are shown to the user: never put a secret or a request URL there. */
export function appError(
  code: ErrorCode,
  params: Record<string, string | number> = {},
  correlationId = `e${Date.now().toString(36)}-${(counter++).toString(36)}`,
): AppError {
  return { code, retryable: catalogue[code].retryable, messageKey: `error.${code}`, params, correlationId };
}
