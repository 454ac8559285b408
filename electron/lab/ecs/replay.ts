import { EcsError, invalid } from './error';
import { askedParameters, type Parameters } from './parameters';
import type { JsonObject } from './types';

interface Remembered {
  readonly asked: string;
  readonly body: JsonObject;
}

/** Fact 16: a token that was used gives the first answer again and changes nothing, if all else is the same. */
export class TokenReplay {
  readonly #answers = new Map<string, Remembered>();

  /** What was answered to this token before; undefined when it is new. Throws when it came with something else. */
  find(action: string, parameters: Parameters): JsonObject | undefined {
    const token = parameters.ClientToken;
    if (!token) return undefined;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for.
    if (!/^[\x00-\x7f]{1,64}$/.test(token)) throw invalid('ClientToken');
    const found = this.#answers.get(token);
    if (found && found.asked !== asked(action, parameters)) {
      throw new EcsError(
        400,
        'IdempotentParameterMismatch',
        'The ClientToken was used with other parameters.',
      );
    }
    return found?.body;
  }

  /** Only what succeeded is remembered: a call that failed may be made again. */
  remember(action: string, parameters: Parameters, body: JsonObject): void {
    const token = parameters.ClientToken;
    if (token) this.#answers.set(token, { asked: asked(action, parameters), body });
  }
}

const asked = (action: string, parameters: Parameters): string =>
  JSON.stringify([action, Object.entries(askedParameters(parameters)).sort(([a], [b]) => (a < b ? -1 : 1))]);
