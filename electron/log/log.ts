/** Names of things, never their contents: see `safeFields`. */
type LogFields = Readonly<Record<string, string | number | boolean | null>>;
type LogLevel = 'info' | 'warning' | 'error';

export interface Log {
  info(event: string, fields?: LogFields): void;
  warning(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields, cause?: unknown): void;
}

/** Fields whose text is one of the app's own names. Text in any other field could be somebody's secret. */
const TEXT_FIELDS = new Set([
  'action',
  'channel',
  'code',
  'correlationId',
  'category',
  'instanceId',
  'outcome',
  'permission',
  'platform',
  'process',
  'reason',
  'requestId',
  'scheme',
  'service',
  'state',
  'version',
]);

const NAME = /^[\w.:+-]{1,120}$/;

/** Lets numbers and yes/no pass; of text only names in fields meant for names. */
function safeFields(fields: LogFields): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const harmless = typeof value !== 'string' || (TEXT_FIELDS.has(key) && NAME.test(value));
      return [key, harmless ? value : '[redacted]'];
    }),
  );
}

/** Where an exception came from. Its message is left out: it may quote what it was given. */
function safeCause(cause: unknown): { error: string; at: string[] } | undefined {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return { error: typeof cause, at: [] };
  const code =
    'code' in cause && typeof cause.code === 'string' && NAME.test(cause.code) ? `:${cause.code}` : '';
  const frames = (cause.stack ?? '')
    .replace(cause.message, '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { error: cause.constructor.name + code, at: frames.slice(0, 8).map((line) => line.trim()) };
}

/** A log that writes one JSON object a line to `write`. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const put = (level: LogLevel, event: string, fields: LogFields = {}, cause?: unknown): void => {
    const line = {
      at: new Date(now()).toISOString(),
      level,
      event,
      ...safeFields(fields),
      ...safeCause(cause),
    };
    write(`${JSON.stringify(line)}\n`);
  };
  return {
    info: (event, fields) => put('info', event, fields),
    warning: (event, fields) => put('warning', event, fields),
    error: (event, fields, cause) => put('error', event, fields, cause),
  };
}
