import type { Certificate } from '../../../shared/directory';

/** Prints subject and SHA-256 of every certificate that a controller has, in PowerShell 5.1 and newer. */
export const FINGERPRINT_COMMAND =
  "Get-ChildItem Cert:\\LocalMachine\\My | ForEach-Object { $_.Subject; [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)).Replace('-', ':') }";

/** Whether a certificate holds at this time; null: it does not say. */
export function validity(
  { validFromMs, validToMs }: Pick<Certificate, 'validFromMs' | 'validToMs'>,
  nowMs: number,
): 'valid' | 'expired' | 'notYet' | null {
  if (validToMs !== null && nowMs > validToMs) return 'expired';
  if (validFromMs !== null && nowMs < validFromMs) return 'notYet';
  return validFromMs === null || validToMs === null ? null : 'valid';
}

const bare = (name: string): string =>
  name
    .replace(/^(?:DNS|IP Address):/i, '')
    .trim()
    .toLowerCase();

/** Whether the controller's own name or address stands in its certificate, as written or under a wildcard. */
export function isNamed(host: string, names: readonly string[]): boolean {
  const wanted = host.toLowerCase();
  const parent = wanted.includes('.') ? wanted.slice(wanted.indexOf('.')) : null;
  return names.some((name) => {
    const given = bare(name);
    return given === wanted || (parent !== null && given === `*${parent}`);
  });
}
