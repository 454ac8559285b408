import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { newKeyPair } from './keys';

export interface TestCommand {
  readonly line: string;
  readonly channel: ServerChannel;
  readonly connection: Connection;
  /** Answers and ends the command. */
  end(exitCode: number, stdout?: string | Buffer, stderr?: string): void;
}

export interface TestServerOptions {
  /** Says yes or no to an attempt, or deals with it in its own way and says nothing. */
  readonly authenticate?: (attempt: AuthContext, connection: Connection) => boolean | undefined;
  readonly onCommand?: (command: TestCommand) => void;
  readonly hostKey?: string;
  readonly allowForwarding?: boolean;
}

export interface TestServer {
  readonly port: number;
  readonly hostKey: string;
  /** Methods of all attempts, in order. */
  readonly attempts: string[];
  readonly commands: string[];
  readonly connections: Connection[];
  readonly sockets: Socket[];
  close(): Promise<void>;
}

function forward(connection: Connection): void {
  connection.on('tcpip', (accept, _reject, info) => {
    const onward = connect(info.destPort, info.destIP);
    onward.on('error', () => undefined);
    onward.once('connect', () => {
      const channel = accept();
      channel.on('error', () => undefined);
      channel.pipe(onward).pipe(channel);
    });
  });
}

/** A real SSH server in this process, whose behaviour a test decides. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const hostKey = options.hostKey ?? newKeyPair().private;
  const attempts: string[] = [];
  const commands: string[] = [];
  const connections: Connection[] = [];
  const sockets: Socket[] = [];
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.push(connection);
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      attempts.push(attempt.method);
      const yes = options.authenticate ? options.authenticate(attempt, connection) : true;
      if (yes === true) attempt.accept();
      else if (yes === false) attempt.reject(['password', 'publickey', 'keyboard-interactive']);
    });
    if (options.allowForwarding) forward(connection);
    connection.on('session', (acceptSession) => {
      acceptSession().on('exec', (accept, _reject, { command: line }) => {
        commands.push(line);
        const channel = accept();
        channel.on('error', () => undefined);
        const end: TestCommand['end'] = (exitCode, stdout = '', stderr = '') => {
          if (stderr) channel.stderr.write(stderr);
          if (stdout.length > 0) channel.write(stdout);
          channel.exit(exitCode);
          channel.end();
        };
        if (options.onCommand) options.onCommand({ line, channel, connection, end });
        else end(0);
      });
    });
  });
  const listener = createServer((socket) => {
    sockets.push(socket);
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    hostKey,
    attempts,
    commands,
    connections,
    sockets,
    async close() {
      for (const connection of connections) connection.end();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
