import type { z } from 'zod';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { AliyunClient } from './client';
import type { Parameters } from './encode';

export interface Reader {
  readonly client: AliyunClient;
  readonly region: string;
  readonly signal: AbortSignal;
}

const unreadable = (action: string, requestId: string): Result<never> =>
  err(appError('cloud.unreadableAnswer', { action, status: 200, code: '-', requestId }));

/** One read, its answer checked against a schema. `cloud.unreadableAnswer` for one that does not fit. */
export async function readOne<S extends z.ZodType>(
  reader: Reader,
  action: string,
  parameters: Parameters,
  schema: S,
): Promise<Result<z.output<S>>> {
  const { client, region, signal } = reader;
  const answer = await client.call({ service: 'ecs', region, action, parameters, kind: 'read' }, signal);
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(answer.value.body);
  return parsed.success ? ok(parsed.data) : unreadable(action, answer.value.requestId);
}

/**
 * Every page of a list, one after the other. A token that comes again ends it: with an empty page that is the end
 * of the list; with more entries the list cannot be trusted to be whole and the read fails.
 */
export async function readPages<S extends z.ZodType<{ NextToken: string }>, T>(
  reader: Reader,
  action: string,
  parameters: Parameters,
  schema: S,
  itemsOf: (page: z.output<S>) => readonly T[],
): Promise<Result<{ readonly items: readonly T[]; readonly first: z.output<S> }>> {
  const tokens = new Set<string>();
  const items: T[] = [];
  let first: z.output<S> | undefined;
  let token = '';
  for (;;) {
    const paged = token === '' ? parameters : { ...parameters, NextToken: token };
    const page = await readOne(reader, action, paged, schema);
    if (!page.ok) return page;
    first ??= page.value;
    const found = itemsOf(page.value);
    items.push(...found);
    token = page.value.NextToken;
    if (token === '') return ok({ items, first });
    if (tokens.has(token)) return found.length === 0 ? ok({ items, first }) : unreadable(action, '-');
    tokens.add(token);
  }
}
