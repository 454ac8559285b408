import { type Script, script, singleQuoted } from './script';

/**
 * Why reading a channel failed. PowerShell as default shell turns every exit code into 1, so the true one of
 * `wevtutil` is asked for here. The channel's name goes in as a literal.
 */
export function readChannelStatusScript(channel: string): Script {
  return script(
    'read channel status',
    `
$ErrorActionPreference = 'Continue'
$null = wevtutil qe ${singleQuoted(channel)} /c:1 /f:xml
Send @{ ok = $true; value = @{ code = $LASTEXITCODE } }
`,
  );
}
