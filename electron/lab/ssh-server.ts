import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Connection, type ServerChannel, Server as SshServer } from 'ssh2';
import type { LabClock } from './clock';
import { noFaults, type ServerFaults } from './faults';
import { createKey, type LabKey } from './keys';
import { listenNear } from './listening';
import type { CommandAnswer } from './shell/answer';
import type { Rights } from './shell/scripts';
import { runCommand } from './shell/shell';
import { authenticate } from './ssh-authentication';
import type { WindowsInstance } from './windows/instance';

const IDENT = 'OpenSSH_for_Windows_9.5';
const MAX_AUTH_TRIES = 6;
const HOST = '127.0.0.1';

/** A port of this computer, or a service that takes the connection itself. */
export type Forward = { readonly port: number } | { readonly serve: (stream: Duplex) => void };

export interface LabServerOptions {
  readonly windows: WindowsInstance;
  readonly hostKey: LabKey;
  readonly user: string;
  readonly userKey: LabKey;
  readonly clock: LabClock;
  readonly rights: Pick<Rights, 'elevated'>;
  /** Where a connection that is forwarded to a host and port, as the instance sees them, ends; null: nowhere. */
  readonly forward: (host: string, port: number) => Forward | null;
}

/** A stand-in for Windows' OpenSSH server in front of one practice instance. Loopback only. */
export class LabSshServer {
  readonly faults: ServerFaults = noFaults();
  rights: Pick<Rights, 'elevated'>;
  readonly #options: LabServerOptions;
  readonly #sockets = new Set<Socket>();
  readonly #byPort = new Map<number, Socket>();
  #hostKey: LabKey;
  #ssh: SshServer;
  #listener: Server | undefined;
  #port = 0;
  #commands = 0;

  constructor(options: LabServerOptions) {
    this.#options = options;
    this.rights = options.rights;
    this.#hostKey = options.hostKey;
    this.#ssh = this.#createSsh();
  }

  get port(): number {
    return this.#port;
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  get fingerprint(): string {
    return this.#hostKey.fingerprint;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Commands answered since the start: lets a test see that an app polls, or that it does not. */
  get commands(): number {
    return this.#commands;
  }

  /** Listens on the preferred port, or on a free one when that is taken or 0. */
  async start(preferredPort = 0): Promise<number> {
    const listener = createServer((socket) => this.#accept(socket));
    this.#port = await listenNear(listener, preferredPort);
    this.#listener = listener;
    return this.#port;
  }

  /** Stops listening and ends every connection; `start(port)` brings it back. */
  async stop(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    const closed = new Promise<void>((resolve) => (listener ? listener.close(() => resolve()) : resolve()));
    this.dropConnections();
    await closed;
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on another host key is shown, as after a reinstallation, or by someone in between. */
  changeHostKey(): void {
    this.#hostKey = createKey();
    this.#ssh = this.#createSsh();
    this.dropConnections();
  }

  #accept(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.#sockets.add(socket);
    this.#byPort.set(port, socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#byPort.delete(port);
    });
    if (this.faults.hang === 'banner') socket.resume();
    else this.#ssh.injectSocket(socket);
  }

  #createSsh(): SshServer {
    const ssh = new SshServer({ hostKeys: [this.#hostKey.privateKey], ident: IDENT }, (client, info) =>
      this.#serve(client, { address: info.ip, port: info.port }),
    );
    ssh.on('error', () => undefined);
    return ssh;
  }

  #serve(client: Connection, from: { address: string; port: number }): void {
    const socket = this.#byPort.get(from.port);
    let tries = 0;
    client.on('error', () => socket?.destroy());
    client.on('authentication', (context) => {
      if (context.method === 'password' && ++tries > MAX_AUTH_TRIES) {
        client.end();
        return;
      }
      const { windows, user, userKey } = this.#options;
      authenticate({ windows, faults: this.faults, user, userKey: userKey.parsed }, context, from);
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('env', (acceptEnv) => acceptEnv?.());
      session.on('pty', (_acceptPty, reject) => reject?.());
      session.on('shell', (acceptShell) => this.#noTerminal(acceptShell()));
      session.on('exec', (acceptExec, _reject, info) => this.#exec(acceptExec(), info.command, socket));
    });
    client.on('tcpip', (accept, reject, info) => {
      const target = this.#options.forward(info.destIP, info.destPort);
      if (!target) reject();
      else if ('serve' in target) target.serve(accept());
      else this.#forward(target.port, accept, reject);
    });
  }

  /** The channel opens when the port has answered, as sshd does it: a refused port is a refused channel. */
  #forward(port: number, accept: () => ServerChannel, reject: () => void): void {
    const onward = connect(port, HOST);
    onward.once('error', reject);
    onward.once('connect', () => {
      onward.off('error', reject);
      const channel = accept();
      channel.on('error', () => onward.destroy());
      onward.on('error', () => channel.end());
      channel.pipe(onward).pipe(channel);
      channel.once('close', () => onward.destroy());
    });
  }

  /** There is nobody at this console: practice instances answer commands only. */
  #noTerminal(channel: ServerChannel): void {
    channel.on('error', () => undefined);
    channel.resume();
    channel.write(`${this.#options.windows.computer} is a practice instance and answers commands only.\r\n`);
    channel.exit(1);
    channel.end();
  }

  #exec(channel: ServerChannel, command: string, socket: Socket | undefined): void {
    channel.on('error', () => undefined);
    if (this.faults.hang === 'command') {
      channel.resume();
      return;
    }
    const run = (stdin: string) => {
      this.#commands += 1;
      const { windows, user } = this.#options;
      const answer = runCommand(windows, { ...this.rights, user }, command, stdin);
      const { answerDelayMs } = this.faults;
      if (answerDelayMs > 0)
        this.#options.clock.after(answerDelayMs, () => this.#reply(channel, answer, socket));
      else this.#reply(channel, answer, socket);
    };
    if (/[-/]c(ommand)?\s+-\s*$/i.test(command)) {
      const parts: Buffer[] = [];
      channel.on('data', (part: Buffer) => parts.push(part));
      channel.once('end', () => run(Buffer.concat(parts).toString('utf8')));
    } else {
      channel.resume();
      run('');
    }
  }

  #reply(channel: ServerChannel, answer: CommandAnswer, socket: Socket | undefined): void {
    const { dropAfterBytes } = this.faults;
    if (dropAfterBytes !== null && answer.stdout.length > dropAfterBytes) {
      channel.write(answer.stdout.subarray(0, dropAfterBytes), () => socket?.end(() => socket.destroy()));
      return;
    }
    if (answer.stderr.length > 0) channel.stderr.write(answer.stderr);
    channel.write(answer.stdout, () => {
      channel.exit(answer.exitCode);
      channel.end();
    });
  }
}
