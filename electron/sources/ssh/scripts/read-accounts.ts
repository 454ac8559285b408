import { script } from './script';

/**
 * The local accounts. Without the filter CIM would list the whole domain. The number of bad passwords is asked of
 * ADSI, account by account, and only where there are not too many of them: what it does not say stays null.
 */
export const readAccountsScript = script(
  'read accounts',
  `
$found = @(Get-CimInstance Win32_UserAccount -Filter 'LocalAccount=True')
$accounts = @(foreach ($a in $found) {
  $bad = $null
  if ($found.Count -le 200) {
    try { $bad = [int]([ADSI]('WinNT://' + $env:COMPUTERNAME + '/' + $a.Name + ',user')).BadPasswordAttempts.Value } catch { }
  }
  @{ name = $a.Name; sid = $a.SID; locked = $a.Lockout; disabled = $a.Disabled; badPasswordAttempts = $bad }
})
Send @{ ok = $true; value = @{ accounts = $accounts } }
`,
);
