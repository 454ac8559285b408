import type { Phrase } from './account-status';

/** What Alibaba Cloud ECS takes for a Windows instance's password; from its documentation. */
export const PASSWORD_LENGTH = { least: 8, most: 30 } as const;
export const PASSWORD_SPECIALS = "()`~!@#$%^&*-_+=|{}[]:;'<>,.?/";

const CLASSES = {
  lower: /[a-z]/,
  upper: /[A-Z]/,
  digit: /[0-9]/,
  special: /[()`~!@#$%^&*\-_+=|{}[\]:;'<>,.?/]/,
} as const;
const FOREIGN = /[^a-zA-Z0-9()`~!@#$%^&*\-_+=|{}[\]:;'<>,.?/]/;

export interface PasswordCheck {
  /** Refused by the cloud; each a sentence that quotes nothing of the password. */
  readonly errors: readonly Phrase[];
  /** Taken, but not wise. */
  readonly warnings: readonly Phrase[];
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `unlock.password.${key}`,
  params,
});

const NAME_PART = /[\s,.\-_#]+/;
/** Windows' own complexity rule leaves out names and parts of names that are shorter. */
const SHORT_NAME = 3;

function holdsName(password: string, account: string): boolean {
  const lower = password.toLowerCase();
  return [account, ...account.split(NAME_PART)].some(
    (part) => part.length >= SHORT_NAME && lower.includes(part.toLowerCase()),
  );
}

/**
 * Whether the cloud would take this as the password of a Windows instance (8 to 30 characters, three of four classes,
 * only these special characters, no `/` in front), and whether it holds the account's name, which Windows' complexity
 * rule forbids. Pure; nothing of the password is in what it says.
 */
export function checkPassword(password: string, account: string): PasswordCheck {
  const errors: Phrase[] = [];
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least) errors.push(phrase('tooShort', { least, length: password.length }));
  if (password.length > most) errors.push(phrase('tooLong', { most, length: password.length }));
  if (FOREIGN.test(password)) errors.push(phrase('foreign', { specials: PASSWORD_SPECIALS }));
  const classes = Object.values(CLASSES).filter((pattern) => pattern.test(password)).length;
  if (classes < 3) errors.push(phrase('classes', { count: classes }));
  if (password.startsWith('/')) errors.push(phrase('slash'));
  const warnings = holdsName(password, account) ? [phrase('holdsName', { account })] : [];
  return { errors, warnings };
}

export const isAllowedPassword = (password: string): boolean =>
  checkPassword(password, '').errors.length === 0;

/** Without those that are taken for one another, or are hard to find or to tell apart at a console. */
const UNMISTAKABLE = {
  lower: 'abcdefghijkmnpqrstuvwxyz',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  digit: '23456789',
  special: '!#%+=?@*',
} as const;

export const GENERATED_LENGTH = 20;

/** A whole number from 0 up to, not including, `below`, each as likely as any other. */
export type RandomBelow = (below: number) => number;

/** Unbiased numbers out of random bytes: a byte that would favour some is thrown away. `below` is at most 256. */
export function randomBelow(bytes: () => number): RandomBelow {
  return (below) => {
    const usable = 256 - (256 % below);
    let byte = bytes();
    while (byte >= usable) byte = bytes();
    return byte % below;
  };
}

/**
 * A password that satisfies every rule: at least one character of each class at places drawn by lot, the others out of
 * all, none ambiguous, the account's name not in it. About 122 bits.
 */
export function generatePassword(random: RandomBelow, account: string): string {
  const pick = (from: string): string => from.charAt(random(from.length));
  const all = Object.values(UNMISTAKABLE).join('');
  for (;;) {
    const characters = Object.values(UNMISTAKABLE).map(pick);
    while (characters.length < GENERATED_LENGTH) characters.push(pick(all));
    for (let at = characters.length - 1; at > 0; at -= 1) {
      const other = random(at + 1);
      [characters[at], characters[other]] = [characters[other] ?? '', characters[at] ?? ''];
    }
    const password = characters.join('');
    const { errors, warnings } = checkPassword(password, account);
    if (errors.length === 0 && warnings.length === 0) return password;
  }
}
