import type { InstanceFacts } from '../source';

/** A line that each shell prints in its own way: cmd fills in %OS%, PowerShell $PSHOME, sh neither. */
export const SHELL_PROBE = 'echo lockwatch-shell %OS% $PSHOME';

export type ShellProbe = InstanceFacts['defaultShell'] | 'silent';

/** Which shell answered the probe; `silent` when nothing like an answer came. */
export function shellFromProbe(output: string): ShellProbe {
  const answer = /lockwatch-shell\s+(\S+)(?:\s+([^\r\n]+))?/.exec(output);
  if (!answer) return output.includes('lockwatch-shell') ? 'other' : 'silent';
  if (answer[1] === 'Windows_NT') return 'cmd';
  if (answer[1] === '%OS%' && /powershell/i.test(answer[2] ?? '')) return 'powershell';
  return 'other';
}
