import { type Script, script } from './script';
import { ASIDE, INSPECT, type ScriptAccount, UNLOCK_ONCE, wanted } from './unlock-argument';

// The account is found by its SID where that is known, else by its name among the machine's own accounts. ADSI gets
// the name as a name, not as part of a path. -2147022675 and -2147022676 are "no such user" and "no such member".
const LOCAL = `
function Look {
  try {
    $name = $want.name
    if ($want.sid) { $name = (New-Object Security.Principal.SecurityIdentifier $want.sid).Translate([Security.Principal.NTAccount]).Value.Split('\\')[-1] }
    $u = ([ADSI]('WinNT://' + $env:COMPUTERNAME + ',computer')).PSBase.Children.Find($name, 'user')
  } catch {
    $e = $_.Exception
    while ($e.InnerException) { $e = $e.InnerException }
    if ($e.GetType().Name -eq 'IdentityNotMappedException' -or $e.HResult -in -2147022675, -2147022676) { return }
    throw
  }
  if (-not $want.sid -or (SidOf $u) -eq $want.sid) { $u }
}
function State($u) {
  @{ name = $u.PSBase.Name; sid = SidOf $u; locked = [bool]$u.PSBase.InvokeGet('IsAccountLocked') }
}
`;

const CHANGE = `
function Unlock($u) {
  $u.PSBase.InvokeSet('IsAccountLocked', $false)
  $u.PSBase.CommitChanges()
}
`;

const body = (account: ScriptAccount, rest: string): string => `${wanted(account)}\n${ASIDE}${LOCAL}${rest}`;

/** How a local account stands, whether the session may unlock it, and whether it is the session's own. */
export const inspectLocalScript = (account: ScriptAccount): Script =>
  script('inspect local account', body(account, INSPECT));

/** Unlocks a local account once, and reads it again. Does nothing to one that was renamed or is not locked. */
export const unlockLocalScript = (account: ScriptAccount): Script =>
  script('unlock local account', body(account, CHANGE + UNLOCK_ONCE));
