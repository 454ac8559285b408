import { type MessagePortMain, utilityProcess } from 'electron';
import { childEnvironment } from './child-environment';

/** A process of our own beside main, reached by messages. */
export interface ChildProcess {
  post(message: unknown, ports?: readonly MessagePortMain[]): void;
  listen(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** Starts a built script in a process of its own. What it writes to its output is not kept. */
export function startUtilityProcess(script: string, name: string): ChildProcess {
  const child = utilityProcess.fork(script, [], {
    serviceName: name,
    stdio: 'ignore',
    env: childEnvironment(process.env),
  });
  return {
    post: (message, ports) => child.postMessage(message, ports && [...ports]),
    listen(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      child.on('exit', listener);
    },
    kill() {
      child.kill();
    },
  };
}
