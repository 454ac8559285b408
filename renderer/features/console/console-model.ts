import { brokenVncPasswordRules, type VncPasswordRule } from '../../../shared/console';
import type { ConsoleChoice, OpenConsole } from '../../../shared/console-contract';

export type Branch =
  | { readonly kind: 'vnc'; readonly vnc: NonNullable<ConsoleChoice['vnc']> }
  | { readonly kind: 'cloud'; readonly cloud: NonNullable<ConsoleChoice['cloud']> }
  | { readonly kind: 'none' };

/**
 * What the dialog offers, the one to be opened first on top: a provider's that is not ready comes last, and in
 * practice so does any, for only a stand-in is behind it. Pure.
 */
export function branchesOf({ cloud, vnc }: ConsoleChoice, practice: boolean): readonly Branch[] {
  const branches: Branch[] = [];
  const first = cloud?.state === 'ready' && !practice;
  if (cloud && first) branches.push({ kind: 'cloud', cloud });
  if (vnc) branches.push({ kind: 'vnc', vnc });
  if (cloud && !first) branches.push({ kind: 'cloud', cloud });
  return branches.length > 0 ? branches : [{ kind: 'none' }];
}

/** Whole seconds that the address can still be used to connect; 0: no longer; null: no cloud console is open. Pure. */
export function secondsLeft(open: OpenConsole | undefined, nowMs: number): number | null {
  if (!open || open.addressValidUntilMs === null) return null;
  return Math.max(0, Math.ceil((open.addressValidUntilMs - nowMs) / 1000));
}

const RULES: readonly VncPasswordRule[] = ['length', 'characters', 'upper', 'lower', 'digit'];

/** Each rule of the password and whether the text meets it. Pure. */
export const rulesOf = (
  text: string,
): readonly { readonly rule: VncPasswordRule; readonly met: boolean }[] => {
  const broken = brokenVncPasswordRules(text);
  return RULES.map((rule) => ({ rule, met: text !== '' && !broken.includes(rule) }));
};
