import { openEvidenceStore } from '../../storage/evidence-store';
import type { Clock } from '../clock';
import type { EvidenceProcess } from '../evidence-client';
import { createHost, type HostOptions } from '../host';
import type { MessageEnd } from '../rpc';

export interface InProcessHost {
  spawn(): EvidenceProcess;
  /** Ends the running one as a crash would: without a word. */
  crash(code?: number): Promise<void>;
  readonly started: number;
  /** Whether each opening of the database was asked to look through it. */
  readonly thorough: readonly boolean[];
}

/** Two ends of a channel that copies what it carries as processes do, and needs no turn of the event loop. */
function memoryChannel(): { readonly ends: readonly [MessageEnd, MessageEnd]; close(): void } {
  const listeners: ((message: unknown) => void)[] = [];
  let open = true;
  const end = (mine: 0 | 1): MessageEnd => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        if (open) listeners[1 - mine]?.(copy);
      });
    },
    listen(listener) {
      listeners[mine] = listener;
    },
  });
  return {
    ends: [end(0), end(1)],
    close() {
      open = false;
    },
  };
}

/** The evidence process as an object in this process, over a channel that copies and with a real database. */
export function createInProcessHost(
  clock: Clock,
  connections: HostOptions['connections'],
  random: () => number = () => 0,
): InProcessHost {
  let end: ((code: number | null) => Promise<void>) | undefined;
  let started = 0;
  let closeStore: () => unknown = () => undefined;
  const thoroughness: boolean[] = [];
  return {
    thorough: thoroughness,
    get started() {
      return started;
    },
    spawn() {
      started += 1;
      const channel = memoryChannel();
      const listeners: ((code: number | null) => void)[] = [];
      let live = true;
      const finish = async (code: number | null): Promise<void> => {
        if (!live) return;
        live = false;
        channel.close();
        await host.dispose();
        for (const listener of listeners) listener(code);
      };
      end = finish;
      const host = createHost({
        end: channel.ends[1],
        clock,
        random,
        openStore(path, thorough) {
          thoroughness.push(thorough);
          const opened = openEvidenceStore(path, { now: () => clock.now(), thorough });
          closeStore = () => opened.ok && opened.value.store.close();
          return opened;
        },
        connections,
        exit: (code) => void finish(code),
      });
      return {
        end: channel.ends[0],
        onExit: (listener) => listeners.push(listener),
        kill: () => void finish(null),
      };
    },
    async crash(code = 1) {
      // Nothing can be saved on the way out.
      closeStore();
      await end?.(code);
    },
  };
}
