import { script } from './script';

/** The [System Access] section of the local security policy, from a temporary export that is deleted again. */
export const readPolicyScript = script(
  'read policy',
  `
$file = Join-Path ([IO.Path]::GetTempPath()) ('lockwatch-' + [Guid]::NewGuid().ToString('N') + '.inf')
try {
  $ErrorActionPreference = 'Continue'
  $null = secedit /export /areas SECURITYPOLICY /cfg $file
  $code = $LASTEXITCODE
  $ErrorActionPreference = 'Stop'
  if (Test-Path -LiteralPath $file) {
    $inside = $false
    $lines = @(foreach ($line in [IO.File]::ReadAllLines($file)) {
      if ($line -match '^\\s*\\[') { $inside = $line -match '^\\s*\\[System Access\\]' }
      if ($inside) { $line }
    })
    Send @{ ok = $true; value = @{ inf = ($lines -join "\`n") } }
  } elseif (Elevated) { Fail $code 'secedit' } else { Fail 5 'secedit' }
} finally { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
`,
);
