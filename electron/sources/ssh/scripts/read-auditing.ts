import { script } from './script';

/** Audit settings by subcategory GUID as numbers (0 none, 1 success, 2 failure, 3 both): names are localised. */
export const readAuditingScript = script(
  'read auditing',
  `
$file = Join-Path ([IO.Path]::GetTempPath()) ('lockwatch-' + [Guid]::NewGuid().ToString('N') + '.csv')
try {
  $ErrorActionPreference = 'Continue'
  $null = auditpol /backup /file:$file
  $code = $LASTEXITCODE
  $ErrorActionPreference = 'Stop'
  if (Test-Path -LiteralPath $file) {
    $settings = @{}
    foreach ($line in [IO.File]::ReadAllLines($file)) {
      if ($line -match '\\{([0-9A-Fa-f-]{36})\\}.*,\\s*(\\d)\\s*$') { $settings[$Matches[1].ToLowerInvariant()] = [int]$Matches[2] }
    }
    Send @{ ok = $true; value = @{ settings = $settings } }
  } elseif (Elevated) { Fail $code 'auditpol' } else { Fail 5 'auditpol' }
} finally { Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue }
`,
);
