import type { WindowsInstance } from '../windows/instance';
import { type CommandAnswer, failed, printed } from './answer';
import { powershell, unknownCommandlet } from './powershell';
import type { Rights } from './scripts';
import { wevtutil } from './wevtutil';

const CMD_LINE_LIMIT = 8191;
const PROCESS_LINE_LIMIT = 32767;
const PSHOME = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0';

/** Splits a command line into words; double quotes hold a word together, PowerShell's single quotes as well. */
export function splitCommandLine(line: string, singleQuotes: boolean): string[] {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quote = '';
  for (const char of line) {
    if (quote) {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || (singleQuotes && char === "'")) {
      quote = char;
      started = true;
    } else if (/\s/.test(char)) {
      if (started || word) words.push(word);
      word = '';
      started = false;
    } else word += char;
  }
  if (started || word) words.push(word);
  return words;
}

/** Whether a character that the shell itself would act on stands outside quotes. */
function hasOperator(line: string, characters: RegExp): boolean {
  return characters.test(line.replace(/"[^"]*"?/g, ''));
}

const expandCmd = (text: string, windows: WindowsInstance) =>
  text
    .replace(/%OS%/gi, 'Windows_NT')
    .replace(/%COMPUTERNAME%/gi, windows.computer)
    .replace(/%COMSPEC%/gi, 'C:\\Windows\\system32\\cmd.exe');

const programOf = (word: string) =>
  word
    .toLowerCase()
    .replace(/^.*[\\/]/, '')
    .replace(/\.exe$/, '');

type Program = (windows: WindowsInstance, rights: Rights, args: string[], stdin: string) => CommandAnswer;

const programs: Record<string, Program> = {
  wevtutil: (windows, _rights, args) => wevtutil(windows, args),
  powershell,
  hostname: (windows) => printed(`${windows.computer}\r\n`),
};

const notRecognised = (word: string) =>
  failed(
    1,
    `'${word}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
  );

function runCmd(windows: WindowsInstance, rights: Rights, line: string, stdin: string): CommandAnswer {
  if (line.length > CMD_LINE_LIMIT) return failed(1, 'The command line is too long.\r\n');
  const [first = '', ...args] = splitCommandLine(line, false);
  const name = programOf(first);
  if (name === 'echo') {
    const text = line.trimStart().slice(first.length).replace(/^\s/, '');
    return printed(`${expandCmd(text, windows)}\r\n`);
  }
  if (name === 'ver') return printed('\r\nMicrosoft Windows [Version 10.0.20348.2762]\r\n');
  if (name === 'exit') return { ...printed(''), exitCode: Number(args.at(-1)) || 0 };
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (!program) return notRecognised(first);
  if (hasOperator(line, /[&|<>^]/)) return failed(1, 'The syntax of the command is incorrect.\r\n');
  return program(windows, rights, args, stdin);
}

function runPowershell(windows: WindowsInstance, rights: Rights, line: string, stdin: string): CommandAnswer {
  if (line.length > PROCESS_LINE_LIMIT) return failed(1, 'The command line is too long.\r\n');
  const [first = '', ...args] = splitCommandLine(line, true);
  const name = programOf(first);
  if (name === 'echo' || name === 'write-output') {
    const lines = args.map((arg) => (arg.toUpperCase() === '$PSHOME' ? PSHOME : arg));
    return printed(lines.map((text) => `${text}\r\n`).join(''));
  }
  if (name === 'exit') return { ...printed(''), exitCode: Number(args.at(-1)) || 0 };
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (!program || hasOperator(line, /[&|<>;]/)) return failed(1, unknownCommandlet(first));
  const answer = program(windows, rights, args, stdin);
  // `powershell -c` knows only 0 and 1, whatever the program ended with.
  return { ...answer, exitCode: answer.exitCode === 0 ? 0 : 1 };
}

/** Runs one command line as sshd hands it to this instance's default shell. Never throws for what a client sends. */
export function runCommand(
  windows: WindowsInstance,
  rights: Rights,
  line: string,
  stdin = '',
): CommandAnswer {
  const trimmed = line.trim();
  if (trimmed === '') return printed('');
  const run = windows.defaultShell === 'cmd' ? runCmd : runPowershell;
  return run(windows, rights, trimmed, stdin);
}
