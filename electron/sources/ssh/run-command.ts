import type { ClientChannel } from 'ssh2';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { Chain } from './open-chain';
import type { SshClock } from './types';

export interface CommandRequest {
  /** What the command is called in errors: never the command line. */
  readonly name: string;
  readonly command: string;
  readonly signal: AbortSignal;
  readonly openMs: number;
  /** Silence after the first output. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** More standard output than this is an error, in bytes. */
  readonly maxBytes: number;
  /** Takes standard output as it comes; without it, it is collected. False stops the command. */
  readonly onData?: (chunk: Buffer) => boolean;
}

export interface CommandOutcome {
  readonly exitCode: number;
  /** Empty when `onData` took it. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** When the command was sent and when its last output came, in milliseconds since 1970. */
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
  /** Whether `onData` stopped it; the exit code is then meaningless. */
  readonly stopped: boolean;
}

const MAX_STDERR_BYTES = 64 * 1024;

/**
 * Runs one command in an exec channel with standard input closed. Never throws and never hangs: the answer, or
 * ssh.execFailed, ssh.commandTimeout, net.closed and its like, windows.unreadableAnswer, app.cancelled. Whatever
 * comes after the end is thrown away with the channel.
 */
export function runCommand(
  chain: Chain,
  clock: SshClock,
  request: CommandRequest,
): Promise<Result<CommandOutcome>> {
  const { name, signal } = request;
  return new Promise((resolve) => {
    const sentAtMs = clock.now();
    let answeredAtMs = sentAtMs;
    let channel: ClientChannel | undefined;
    let exitCode: number | null | undefined;
    let open = true;
    let bytes = 0;
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stderrBytes = 0;
    let stopIdle = () => {};

    const settle = (result: Result<CommandOutcome>) => {
      if (!open) return;
      open = false;
      stopIdle();
      stopTotal();
      signal.removeEventListener('abort', onAbort);
      channel?.close();
      resolve(result);
    };
    const fail = (error: AppError) => settle(err(error));
    const timeout = (ms: number) =>
      fail(appError('ssh.commandTimeout', { name, seconds: Math.ceil(ms / 1000) }));
    const idle = (ms: number) => {
      stopIdle();
      stopIdle = clock.after(ms, () => timeout(ms));
    };
    const finish = (stopped: boolean) =>
      settle(
        ok({
          exitCode: exitCode ?? -1,
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr),
          sentAtMs,
          answeredAtMs,
          stopped,
        }),
      );
    const onAbort = () => fail(appError('app.cancelled'));
    const stopTotal = clock.after(request.totalMs, () => timeout(request.totalMs));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    idle(request.openMs);

    const onStdout = (chunk: Buffer) => {
      if (!open) return;
      answeredAtMs = clock.now();
      bytes += chunk.length;
      idle(request.idleMs);
      if (bytes > request.maxBytes) return fail(appError('windows.unreadableAnswer', { name }));
      if (!request.onData) stdout.push(chunk);
      else if (!request.onData(chunk)) finish(true);
    };
    const onStderr = (chunk: Buffer) => {
      if (!open) return;
      if (stderrBytes < MAX_STDERR_BYTES) stderr.push(chunk.subarray(0, MAX_STDERR_BYTES - stderrBytes));
      stderrBytes += chunk.length;
    };
    const onClose = () => {
      if (typeof exitCode === 'number') return finish(false);
      // The channel went without a word of how the command ended: the answer may be cut short.
      fail(chain.ended ?? appError('ssh.execFailed', { name }));
    };
    const onChannel = (cause: Error | undefined, opened: ClientChannel) => {
      if (cause) return fail(chain.ended ?? appError('ssh.execFailed', { name }));
      channel = opened;
      opened.on('error', () => undefined);
      if (!open) {
        opened.close();
        opened.resume();
        opened.stderr.resume();
        return;
      }
      // A script or a search through a large log may think for long before its first word.
      stopIdle();
      opened.on('exit', (code: number | null) => {
        exitCode = code;
      });
      opened.on('data', onStdout);
      opened.stderr.on('data', onStderr);
      opened.on('close', onClose);
      opened.end();
    };
    try {
      chain.instance.client.exec(request.command, onChannel);
    } catch {
      fail(chain.ended ?? appError('net.closed', { host: chain.instance.host }));
    }
  });
}
