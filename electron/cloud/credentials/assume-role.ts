import { z } from 'zod';
import type { CloudRole } from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import type { AliyunClient, CredentialSource } from '../aliyun/client';
import type { SigningKey } from '../aliyun/sign';
import { toSigningKey } from './key-material';

/** Credentials are renewed so long before they lapse, milliseconds: longer than any one call takes. */
const EARLY_MS = 5 * 60_000;

const answerSchema = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string().min(1),
    Expiration: z.string(),
  }),
});

interface Held {
  readonly key: SigningKey;
  readonly until: number;
}

/**
 * The temporary credentials of a role: fetched with the account's own key when they are first needed, renewed
 * before they lapse or when the cloud calls them expired. They stay in memory. `client` carries the own key.
 */
export function createAssumedRole(options: {
  readonly client: AliyunClient;
  readonly role: CloudRole;
  readonly region: string;
  readonly clock: Clock;
}): CredentialSource {
  const { client, role, region, clock } = options;
  let held: Held | undefined;
  let fetching: Promise<Result<Held>> | undefined;

  async function assume(): Promise<Result<Held>> {
    const action = 'AssumeRole';
    const parameters = {
      RoleArn: role.arn,
      RoleSessionName: role.sessionName,
      DurationSeconds: String(role.durationSeconds),
      ...(role.externalId === null ? {} : { ExternalId: role.externalId }),
    };
    // Several calls may wait for the same credentials: none of them may cancel it for the others.
    const { signal } = new AbortController();
    const startedAt = clock.now();
    const answer = await client.call({ service: 'sts', region, action, parameters, kind: 'read' }, signal);
    if (!answer.ok) return answer;
    const parsed = answerSchema.safeParse(answer.value.body);
    const given = parsed.success ? parsed.data.Credentials : undefined;
    const key = toSigningKey(given?.AccessKeyId, given?.AccessKeySecret, given?.SecurityToken);
    if (!key) {
      const params = { action, status: 200, code: '-', requestId: answer.value.requestId };
      return err(appError('cloud.unreadableAnswer', params));
    }
    // Counted from our own clock by the duration that was asked for, which no difference of clocks can falsify.
    const told = Date.parse(given?.Expiration ?? '');
    const asked = startedAt + role.durationSeconds * 1000;
    return ok({ key, until: Number.isNaN(told) ? asked : Math.min(told, asked) });
  }

  function fetchOnce(): Promise<Result<Held>> {
    fetching ??= assume().then((result) => {
      fetching = undefined;
      if (result.ok) held = result.value;
      return result;
    });
    return fetching;
  }

  return {
    async current(signal) {
      if (signal.aborted) return err(appError('app.cancelled'));
      if (held && clock.now() < held.until - EARLY_MS) return ok(held.key);
      const fetched = await fetchOnce();
      if (fetched.ok) return ok(fetched.value.key);
      // What is still valid serves while the renewal fails for a moment.
      const usable = held && fetched.error.retryable && clock.now() < held.until;
      return usable && held ? ok(held.key) : fetched;
    },
    renew(rejected) {
      if (held?.key === rejected) held = undefined;
      return true;
    },
  };
}
