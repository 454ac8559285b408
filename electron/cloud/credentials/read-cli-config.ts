import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Phrase } from '../../../shared/account-status';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { type CliCandidate, parseCliConfig } from './cli-config';
import type { Environment } from './key-material';

/** Far beyond any real configuration. */
const MAX_BYTES = 1024 * 1024;
/** Permissions of the group and of everybody. */
const OTHERS = 0o077;

export interface CliConfig {
  readonly file: string;
  readonly candidates: readonly CliCandidate[];
  readonly warnings: readonly Phrase[];
}

/**
 * Reads the aliyun command line's configuration: opened for reading only, nothing in it run or requested.
 * Errors: `cloud.cliConfigMissing`, `cloud.cliConfigUnreadable`; neither holds anything of the content.
 */
export async function readCliConfig(options: {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
}): Promise<Result<CliConfig>> {
  const file = join(options.home, '.aliyun', 'config.json');
  const unreadable = err(appError('cloud.cliConfigUnreadable', { file }));
  let text: string;
  let mode: number;
  try {
    const handle = await open(file, 'r');
    try {
      const about = await handle.stat();
      if (!about.isFile() || about.size > MAX_BYTES) return unreadable;
      mode = about.mode;
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const missing = (thrown as { code?: unknown }).code === 'ENOENT';
    return missing ? err(appError('cloud.cliConfigMissing', { file })) : unreadable;
  }
  const candidates = parseCliConfig(text, options.environment.ALIBABA_CLOUD_PROFILE);
  if (!candidates) return unreadable;
  const readableByOthers = options.platform !== 'win32' && (mode & OTHERS) !== 0;
  return ok({
    file,
    candidates,
    warnings: readableByOthers ? [{ key: 'error.cloud.cliConfigOpen', params: { file } }] : [],
  });
}
