/** A PowerShell script that Lockwatch runs on an instance. The first line names it. */
export interface Script {
  readonly name: ScriptName;
  readonly text: string;
}

export type ScriptName =
  | 'read facts'
  | 'read policy'
  | 'read accounts'
  | 'read auditing'
  | 'read channel status'
  | 'inspect local account'
  | 'unlock local account'
  | 'inspect domain account'
  | 'unlock domain account';

/** What stands before and after the one line of JSON; whatever a profile prints around it is ignored. */
export const ANSWER_BEGIN = 'lockwatch-answer>';
export const ANSWER_END = '<lockwatch-answer';

// Works in Windows PowerShell 4 and later. The answer is plain ASCII (everything else as \uXXXX), so that no
// code page can hurt it, and is written past the formatter, which would wrap long lines.
const PRELUDE = `$ErrorActionPreference='Stop'
$ProgressPreference='SilentlyContinue'
try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }
function Send($answer) {
  $json = ConvertTo-Json -InputObject $answer -Compress -Depth 5
  $json = [regex]::Replace($json, '[^\\x20-\\x7e]', { param($m) '\\u{0:x4}' -f [int][char]$m.Value })
  [Console]::Out.WriteLine('${ANSWER_BEGIN}' + $json + '${ANSWER_END}')
}
function Fail($code, $kind) { Send @{ ok = $false; code = $code; kind = $kind } }
function Elevated {
  $who = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
  $who.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}
`;

const EPILOGUE = `} catch {
  $e = $_.Exception
  while ($e.InnerException) { $e = $e.InnerException }
  Fail $e.HResult ($e.GetType().Name)
}`;

/** Puts a script's body between the common beginning and end: one answer, or one failure, on one line. */
export function script(name: ScriptName, body: string): Script {
  return { name, text: `# Lockwatch: ${name}\n${PRELUDE}try {\n${body.trim()}\n${EPILOGUE}\n` };
}

/** A string as a PowerShell literal in single quotes; all of Unicode's single quotes end one, so all are doubled. */
export function singleQuoted(value: string): string {
  return `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/**
 * The command line that runs a script. It means the same in cmd, PowerShell and sh, for it holds nothing that any
 * of them would expand.
 */
export function scriptCommand({ text }: Script): string {
  return `powershell -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(text, 'utf16le').toString('base64')}`;
}
