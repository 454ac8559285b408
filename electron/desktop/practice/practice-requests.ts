import { spawn } from 'node:child_process';
import { app } from 'electron';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import type { Handlers } from '../../ipc/dispatch';
import type { PracticeLab } from './practice-lab';

/** In a practice run: the lab itself. */
export const practiceRequests = (lab: PracticeLab): Handlers['lab'] => ({
  open: lab.start,
  async close() {
    await lab.stop();
    return ok(null);
  },
  trigger: ({ action }) => lab.trigger(action),
});

/** In the admin's own run practice is another run of the app, with a data folder of its own. */
export const practiceInAnotherRun = (appFolder: string): Handlers['lab'] => ({
  open() {
    const args = [...(app.isPackaged ? [] : [appFolder]), '--lab'];
    spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref();
    return ok(null);
  },
  close: () => ok(null),
  trigger: () => err(appError('app.notFound')),
});
