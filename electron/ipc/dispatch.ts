import type { z } from 'zod';
import { type RequestInput, type RequestOutput, type Requests, requests } from '../../shared/contract';
import { type AppError, appError, errorSchema } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Log } from '../log/log';
import type { SenderVerdict } from './sender';

/** One function a request, by group, as the contract names them. */
export type Handlers = {
  readonly [G in keyof Requests]: {
    readonly [M in keyof Requests[G]]: (
      input: RequestInput<G, M>,
    ) => Promise<Result<RequestOutput<G, M>>> | Result<RequestOutput<G, M>>;
  };
};

interface Route {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly handle: (input: unknown) => unknown;
}

export interface DispatchOptions {
  readonly handlers: Handlers;
  readonly log: Log;
  /** Checks what the handlers return against the contract: in development and under test. */
  readonly checkOutput: boolean;
}

export interface Dispatcher {
  readonly channels: readonly string[];
  dispatch(sender: SenderVerdict, channel: string, input: unknown): Promise<Result<unknown>>;
}

/**
 * Answers requests by the contract: who asks is checked first, then the channel, then the shape. A failure is
 * an `err` value; an exception in a handler becomes `app.internal`, whose correlation id is in the log beside
 * the place it came from. Arguments are never logged.
 */
export function createDispatcher({ handlers, log, checkOutput }: DispatchOptions): Dispatcher {
  const routes = collectRoutes(handlers);

  const refuse = (channel: string, error: AppError, reason: string): Result<never> => {
    log.warning('ipc.refused', { channel, code: error.code, reason, correlationId: error.correlationId });
    return err(error);
  };

  return {
    channels: [...routes.keys()],
    async dispatch(sender, channel, input) {
      if (sender !== 'trusted') return refuse(channel, appError('app.senderRejected'), sender);
      const route = routes.get(channel);
      if (!route) return refuse(channel, appError('app.unknownChannel'), 'unknownChannel');
      const parsed = route.input.safeParse(input);
      if (!parsed.success) {
        const field = parsed.error.issues[0]?.path.join('.') ?? '';
        return refuse(channel, appError('app.invalidArgument', { field }), 'shape');
      }
      try {
        return checked(route, (await route.handle(parsed.data)) as Result<unknown>);
      } catch (cause) {
        const error = appError('app.internal');
        log.error('ipc.failed', { channel, correlationId: error.correlationId }, cause);
        return err(error);
      }
    },
  };

  function checked(route: Route, result: Result<unknown>): Result<unknown> {
    if (!checkOutput) return result;
    return result.ok ? ok(route.output.parse(result.value)) : err(errorSchema.parse(result.error));
  }
}

function collectRoutes(handlers: Handlers): Map<string, Route> {
  const byGroup = handlers as Readonly<Record<string, Readonly<Record<string, Route['handle']>>>>;
  const routes = new Map<string, Route>();
  for (const [group, methods] of Object.entries(requests)) {
    for (const [method, { input, output }] of Object.entries(methods)) {
      const handle = byGroup[group]?.[method];
      if (!handle) throw new Error(`No handler for ${group}.${method}`);
      routes.set(`${group}.${method}`, { input, output, handle });
    }
  }
  return routes;
}
