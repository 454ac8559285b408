import { app, session } from 'electron';
import type { Snapshot } from '../../shared/snapshot';
import { guardAllContents } from '../desktop/guards/contents-guards';
import { guardSession } from '../desktop/guards/session-guards';
import { pageSource } from '../desktop/page/page-source';
import { servePage } from '../desktop/page/serve-page';
import { createWindowFactory } from '../desktop/window-factory';
import { createMirror, type Mirror } from '../ipc/mirror';
import { createPublisher } from '../ipc/publish';
import type { Foundation } from './parts';

const SEND_AFTER_MS = 50;

export interface PageOptions {
  readonly foundation: Foundation;
  readonly pageFolder: string;
  readonly preload: string;
  /** That of the VNC console's page. */
  readonly consolePreload: string;
  /** Checks what is sent to the page against the contract. */
  readonly checkMessages: boolean;
  readonly initial: Snapshot;
}

/** The app's page: where it comes from, what it may do, and how main speaks to it. */
export function composePage(options: PageOptions) {
  const { foundation, pageFolder, preload, consolePreload, checkMessages, initial } = options;
  const { clock, log } = foundation;
  const page = pageSource();
  const guards = guardAllContents(app, page.mayNavigate, log);
  guardSession(session.defaultSession, page.mayLoad, log);
  app.on('session-created', (created) => guardSession(created, page.mayLoad, log));
  servePage(session.defaultSession, pageFolder);

  let contents: Electron.WebContents | undefined;
  const publisher = createPublisher(() => contents, checkMessages);
  const mirror: Mirror = createMirror({
    initial,
    send: (change) => publisher.publish('state', 'changed', change),
    later: (run) => clock.after(SEND_AFTER_MS, run),
  });
  return {
    page,
    guards,
    publisher,
    mirror,
    factory: createWindowFactory(preload, consolePreload),
    contents: () => contents,
    setContents(next: Electron.WebContents | undefined): void {
      contents = next;
    },
    services: [{ name: 'mirror', dispose: mirror.dispose }],
  };
}
