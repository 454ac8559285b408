import { script } from './script';

/**
 * Who the instance is, what it runs, whether the session has administrator rights, from which address sshd was
 * called, and its clock. CIM answers only administrators over the network, so the registry stands in. The clock is read last, right before the answer.
 */
export const readFactsScript = script(
  'read facts',
  `
$system = $null; $domain = $null; $role = $null
try {
  $os = Get-CimInstance Win32_OperatingSystem
  $cs = Get-CimInstance Win32_ComputerSystem
  $system = $os.Caption.Trim() + ' ' + $os.Version
  if ($cs.PartOfDomain) { $domain = $cs.Domain }
  $role = [int]$cs.DomainRole
} catch {
  $nt = Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'
  $system = $nt.ProductName + ' ' + $nt.CurrentBuild
}
$client = $null
if ($env:SSH_CONNECTION) { $client = $env:SSH_CONNECTION.Split(' ')[0] }
$value = @{ clientAddress = $client; computer = $env:COMPUTERNAME; system = $system; domain = $domain; domainRole = $role; elevated = [bool](Elevated) }
$value.utc = [DateTime]::UtcNow.ToFileTimeUtc().ToString()
Send @{ ok = $true; value = $value }
`,
);
