import { z } from 'zod';
import type { CliProfile, CloudRole } from '../../../shared/cloud';
import { cloudRoleSchema } from '../../../shared/cloud';
import { isRegion } from '../aliyun/endpoints';
import type { SigningKey } from '../aliyun/sign';
import { toSigningKey } from './key-material';

const text = z.string().catch('');
const profileSchema = z.object({
  name: text,
  mode: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  ram_role_arn: text,
  ram_session_name: text,
  external_id: text,
  expired_seconds: z.number().catch(0),
  region_id: text,
});
type RawProfile = z.infer<typeof profileSchema>;
const configSchema = z.object({ current: text, profiles: z.array(profileSchema) });

/** A profile with what belongs into the vault. The summary alone may leave the process. */
export interface CliCandidate {
  readonly summary: CliProfile;
  readonly key: SigningKey | null;
  readonly role: CloudRole | null;
}

const SESSION_NAME = 'lockwatch';
const HOUR_SECONDS = 3600;

function roleOf(raw: RawProfile): CloudRole | null {
  const seconds = raw.expired_seconds;
  const parsed = cloudRoleSchema.safeParse({
    arn: raw.ram_role_arn,
    sessionName: raw.ram_session_name || SESSION_NAME,
    externalId: raw.external_id || null,
    durationSeconds: seconds >= 900 && seconds <= 43_200 ? seconds : HOUR_SECONDS,
  });
  return parsed.success ? parsed.data : null;
}

/**
 * Modes that need nothing but what is written in the file. Every other one would run a command, request an address,
 * read another secret or write back, none of which an import does; the reason is told by its mode.
 */
function candidateOf(raw: RawProfile, current: string): CliCandidate {
  const summary = {
    name: raw.name,
    mode: raw.mode,
    current: raw.name === current,
    accessKeyId: raw.access_key_id || null,
    roleArn: raw.mode === 'RamRoleArn' ? raw.ram_role_arn || null : null,
    region: isRegion(raw.region_id) ? raw.region_id : null,
  };
  const refuse = (mode: string): CliCandidate => ({
    summary: { ...summary, refusal: { key: 'error.cloud.cliMode', params: { mode } } },
    key: null,
    role: null,
  });
  if (raw.mode !== 'AK' && raw.mode !== 'StsToken' && raw.mode !== 'RamRoleArn') return refuse(raw.mode);
  // What an AK profile holds of a token is left over from another mode.
  const token = raw.mode === 'AK' ? null : raw.sts_token;
  const key = toSigningKey(raw.access_key_id, raw.access_key_secret, token);
  if (!key || (raw.mode === 'StsToken' && key.securityToken === null)) return refuse('incomplete');
  const role = raw.mode === 'RamRoleArn' ? roleOf(raw) : null;
  if (raw.mode === 'RamRoleArn' && role === null) return refuse('incomplete');
  return { summary: { ...summary, refusal: null }, key, role };
}

/**
 * The profiles of `~/.aliyun/config.json`, pure. Null for a text that is no such file. `chosen` is the profile that
 * the environment names instead of the file's own current one.
 */
export function parseCliConfig(file: string, chosen: string | undefined): readonly CliCandidate[] | null {
  let value: unknown;
  try {
    value = JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) return null;
  const current = chosen || parsed.data.current;
  return parsed.data.profiles.map((profile) => candidateOf(profile, current));
}
