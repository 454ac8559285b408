import type { WindowsInstance } from '../windows/instance';
import { type CommandAnswer, failed, toCodePage } from './answer';
import { answerScript, type Rights } from './scripts';

// Without a terminal PowerShell writes its progress and its errors to standard error as CLIXML.
const CLIXML_OPEN =
  '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">';
const PROGRESS =
  '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T>' +
  '<T>System.Object</T></TN><MS><I64 N="SourceId">1</I64><PR N="Record"><AV>Preparing modules for first use.</AV>' +
  '<AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR></MS></Obj>';

const clixml = (objects: string) => Buffer.from(`${CLIXML_OPEN}${objects}</Objs>`, 'utf8');

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const clixmlError = (text: string) => clixml(`${PROGRESS}<S S="Error">${escaped(text)}_x000D__x000A_</S>`);

/** JSON in plain ASCII, everything else as \uXXXX. */
const asciiJson = (answer: unknown) =>
  JSON.stringify(answer).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** PowerShell's words for a command that it does not know. */
export const unknownCommandlet = (name: string) =>
  `${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.\r\n` +
  `    + CategoryInfo          : ObjectNotFound: (${name}:String) [], CommandNotFoundException\r\n` +
  '    + FullyQualifiedErrorId : CommandNotFoundException\r\n';

function runScript(windows: WindowsInstance, rights: Rights, text: string): CommandAnswer {
  const answer = answerScript(windows, rights, text);
  if (answer) {
    const stdout = toCodePage(`lockwatch-answer>${asciiJson(answer)}<lockwatch-answer\r\n`);
    return { stdout, stderr: clixml(PROGRESS), exitCode: 0 };
  }
  const word = /[^\s;|&(){}]+/.exec(text)?.[0] ?? '';
  return { stdout: Buffer.alloc(0), stderr: clixmlError(unknownCommandlet(word)), exitCode: 1 };
}

/** `powershell.exe` with `-EncodedCommand`, or `-Command -` with the script on standard input. */
export function powershell(
  windows: WindowsInstance,
  rights: Rights,
  args: readonly string[],
  stdin: string,
): CommandAnswer {
  for (let i = 0; i < args.length; i++) {
    const option = (args[i] ?? '').toLowerCase();
    if (/^[-/](encodedcommand|enc|ec|e)$/.test(option)) {
      const encoded = args[i + 1] ?? '';
      const bytes = Buffer.from(encoded, 'base64');
      const valid = encoded.length > 0 && /^[A-Za-z0-9+/]+=*$/.test(encoded) && bytes.length % 2 === 0;
      if (!valid) {
        return failed(
          1,
          'Cannot process the command because the value specified with -EncodedCommand is not properly encoded. ' +
            'The value must be Base64 encoded.\r\n',
        );
      }
      return runScript(windows, rights, bytes.toString('utf16le'));
    }
    if (/^[-/](command|c)$/.test(option)) {
      const rest = args.slice(i + 1).join(' ');
      return runScript(windows, rights, rest === '-' ? stdin : rest);
    }
  }
  return runScript(windows, rights, stdin);
}
