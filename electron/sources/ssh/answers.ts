import { z } from 'zod';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { ANSWER_BEGIN, ANSWER_END } from './scripts/script';
import { windowsError } from './windows-errors';

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.number().nullable(), kind: z.string().nullable() }),
]);

/** The JSON between the markers, wherever a profile's own output left it; undefined when there is none. */
function findAnswer(output: string): unknown {
  const end = output.lastIndexOf(ANSWER_END);
  const begin = output.lastIndexOf(ANSWER_BEGIN, end);
  if (begin < 0 || end < 0) return undefined;
  // The answer is one line; a line end inside it was put there by a console that wraps.
  const json = output.slice(begin + ANSWER_BEGIN.length, end).replace(/[\r\n]/g, '');
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Reads a script's answer out of its standard output. Errors: windows.unreadableAnswer when there is none or it does
 * not have its shape; what the script failed with otherwise.
 */
export function readAnswer<T>(name: string, output: string, schema: z.ZodType<T>): Result<T> {
  const answer = answerSchema.safeParse(findAnswer(output));
  if (!answer.success) return err(appError('windows.unreadableAnswer', { name }));
  if (!answer.data.ok) return err(windowsError(name, answer.data.code));
  const value = schema.safeParse(answer.data.value);
  return value.success ? ok(value.data) : err(appError('windows.unreadableAnswer', { name }));
}

/** Whether an answer stands there at all. */
export const hasAnswer = (output: string): boolean => findAnswer(output) !== undefined;
