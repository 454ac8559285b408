import type { z } from 'zod';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { hasAnswer, readAnswer } from './answers';
import { errorIdOf, errorLines } from './clixml';
import type { Chain } from './open-chain';
import { type CommandOutcome, runCommand } from './run-command';
import { type Script, type ScriptName, scriptCommand } from './scripts/script';
import { Slots } from './slots';
import type { SshClock, SshLog, SshTimeouts } from './types';

/** Commands at once on one connection; OpenSSH's `MaxSessions` is 10. */
const MAX_AT_ONCE = 4;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** What a script reads or does, as the catalogue's sentences choose their words by. */
const READING: Readonly<Record<ScriptName, string>> = {
  'read facts': 'facts',
  'read policy': 'policy',
  'read accounts': 'accounts',
  'read auditing': 'auditing',
  'read channel status': 'channelStatus',
  'inspect local account': 'account',
  'inspect domain account': 'account',
  'unlock local account': 'unlock',
  'unlock domain account': 'unlock',
};

export interface Answered<T> {
  readonly value: T;
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

export interface CommandOptions {
  /** What the command is called in errors and logs. */
  readonly name: string;
  readonly totalMs?: number;
  readonly maxBytes?: number;
  readonly onData?: (chunk: Buffer) => boolean;
}

/** Runs commands on an instance over its connection, a few at a time. */
export class Commands {
  readonly #slots = new Slots(MAX_AT_ONCE);

  constructor(
    readonly chain: Chain,
    readonly timeouts: SshTimeouts,
    readonly clock: SshClock,
    readonly log: SshLog,
  ) {}

  /** One command line. Its exit code is the caller's to judge. */
  async run(command: string, signal: AbortSignal, options: CommandOptions): Promise<Result<CommandOutcome>> {
    if (!(await this.#slots.take(signal))) return err(appError('app.cancelled'));
    const { openMs, idleMs, scriptMs } = this.timeouts;
    try {
      const outcome = await runCommand(this.chain, this.clock, {
        name: options.name,
        command,
        signal,
        openMs,
        idleMs,
        totalMs: options.totalMs ?? scriptMs,
        maxBytes: options.maxBytes ?? MAX_ANSWER_BYTES,
        ...(options.onData ? { onData: options.onData } : {}),
      });
      this.log.debug('ssh.command', {
        name: options.name,
        result: outcome.ok ? outcome.value.exitCode : outcome.error.code,
      });
      return outcome;
    } finally {
      this.#slots.release();
    }
  }

  /** One script and its answer. Errors: those of `run`, and what the script or PowerShell failed with. */
  async ask<T>(script: Script, schema: z.ZodType<T>, signal: AbortSignal): Promise<Result<Answered<T>>> {
    const name = READING[script.name];
    const outcome = await this.run(scriptCommand(script), signal, { name });
    if (!outcome.ok) return outcome;
    const { stdout, stderr, exitCode, sentAtMs, answeredAtMs } = outcome.value;
    const output = stdout.toString('utf8');
    if (!hasAnswer(output) && exitCode !== 0) {
      const errorId = errorIdOf(errorLines(stderr.toString('utf8')));
      if (errorId) this.log.debug('ssh.scriptFailed', { name, errorId });
      return err(appError('windows.commandFailed', { name, code: exitCode }));
    }
    const value = readAnswer(name, output, schema);
    return value.ok ? ok({ value: value.value, sentAtMs, answeredAtMs }) : value;
  }
}
