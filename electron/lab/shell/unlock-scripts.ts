import type { WindowsInstance } from '../windows/instance';
import type { SamAccount } from '../windows/sam';
import type { Answer, Rights } from './scripts';

/** The account that a script is about: the JSON that it carries as base64. */
interface Wanted {
  readonly name: string;
  readonly sid: string | null;
}

/** ERROR_DS_SERVER_DOWN as COM tells it: a machine of its own has no directory. */
const NO_DIRECTORY = -2147016646;

export const noDirectory = (): Answer => ({ ok: false, code: NO_DIRECTORY, kind: 'COMException' });

function wantedOf(text: string): Wanted | undefined {
  const [, encoded = ''] = /FromBase64String\('([A-Za-z0-9+/=]*)'\)/.exec(text) ?? [];
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { name, sid = null } = value as { name?: unknown; sid?: unknown };
    const named = typeof name === 'string' && (sid === null || typeof sid === 'string');
    return named ? { name, sid } : undefined;
  } catch {
    return undefined;
  }
}

/** As Windows finds it: by its SID where that is given, else by its name, whose case does not matter. */
function look(windows: WindowsInstance, { name, sid }: Wanted): SamAccount | null {
  if (sid === null) return windows.sam.find(name);
  return windows.sam.accounts().find(({ rid }) => windows.sidOf(rid) === sid) ?? null;
}

const stateOf = (windows: WindowsInstance, account: SamAccount) => ({
  name: account.name,
  sid: windows.sidOf(account.rid),
  locked: windows.sam.isLocked(account, windows.now()),
});

const malformed = (): Answer => ({ ok: false, code: -2146233296, kind: 'FormatException' });

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export function inspectLocalAccount(windows: WindowsInstance, rights: Rights, text: string): Answer {
  const wanted = wantedOf(text);
  if (!wanted) return malformed();
  const account = look(windows, wanted);
  return {
    ok: true,
    value: {
      found: account !== null,
      elevated: rights.elevated,
      self: account !== null && same(account.name, rights.user),
      account: account && stateOf(windows, account),
    },
  };
}

/** Clears the lock once, with its 4767 by whoever is signed in; refuses as the script itself does. */
export function unlockLocalAccount(windows: WindowsInstance, rights: Rights, text: string): Answer {
  const wanted = wantedOf(text);
  if (!wanted) return malformed();
  const account = look(windows, wanted);
  const before = account && stateOf(windows, account);
  const refusal = (): string | null => {
    if (!account || !before) return null;
    if (!same(account.name, wanted.name)) return 'renamed';
    if (same(account.name, rights.user)) return 'self';
    if (!rights.elevated) return 'notElevated';
    return before.locked ? null : 'notLocked';
  };
  const refused = refusal();
  const done = account !== null && refused === null && windows.unlock(account.name, rights.user);
  const after = done && account ? stateOf(windows, account) : null;
  return { ok: true, value: { found: account !== null, done, refused, before, after } };
}
