import type { ConsoleService } from '../unlock/console/console-service';
import type { Handlers } from './dispatch';

/** What the window asks of consoles. No address and no byte of one passes by here. */
export const createConsoleHandlers = (service: ConsoleService): Handlers['console'] => ({
  describe: ({ id }) => service.describe(id),
  open: ({ id, kind }) => service.open(id, kind),
  setPassword: ({ id, password }) => service.setPassword(id, password),
});
