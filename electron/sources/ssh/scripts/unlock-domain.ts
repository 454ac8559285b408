import { userFilter } from './ldap-filter';
import { type Script, script } from './script';
import { ASIDE, INSPECT, type ScriptAccount, UNLOCK_ONCE, wanted } from './unlock-argument';

// On a domain controller, which is asked itself: another host would want network credentials that a session signed in
// with a key does not have. Bit 0x10 of the computed flags is "locked" (R9); lockoutTime alone says nothing.
const DOMAIN = `
$root = ([ADSI]'LDAP://localhost/RootDSE').PSBase.Properties
$base = [ADSI]('LDAP://localhost/' + $root['defaultNamingContext'].Value)
function Look {
  $s = New-Object DirectoryServices.DirectorySearcher -ArgumentList $base, $want.filter
  $found = @($s.FindAll())
  if ($found.Count -eq 1) { $found[0].GetDirectoryEntry() }
}
function State($u) {
  $u.PSBase.RefreshCache([string[]]('sAMAccountName', 'objectSid', 'msDS-User-Account-Control-Computed'))
  $p = $u.PSBase.Properties
  @{ name = $p['sAMAccountName'].Value; sid = SidOf $u; locked = [bool]($p['msDS-User-Account-Control-Computed'].Value -band 16) }
}
`;

const CHANGE = `
function Unlock($u) {
  $u.PSBase.Properties['lockoutTime'].Value = 0
  $u.PSBase.CommitChanges()
}
`;

const WHERE = `
$pdc = $base.PSBase.Properties['fSMORoleOwner'].Value
$a.controller = @{ name = $root['dnsHostName'].Value; pdc = $pdc -eq $root['dsServiceName'].Value; pdcRole = $pdc
  domain = if ($u) { (New-Object Security.Principal.SecurityIdentifier $a.account.sid).Translate([Security.Principal.NTAccount]).Value.Split('\\')[0] } }
`;

const body = (account: ScriptAccount, rest: string): string =>
  `${wanted({ ...account, filter: userFilter(account) })}\n${ASIDE}${DOMAIN}${rest}`;

/** The same as for a local account, and which domain controller answers and whether it holds the PDC's role. */
export const inspectDomainScript = (account: ScriptAccount): Script =>
  script('inspect domain account', body(account, INSPECT.replace('\nSend', `${WHERE}Send`)));

/** Unlocks a domain account on this controller once (lockoutTime = 0, R11), and reads it again there. */
export const unlockDomainScript = (account: ScriptAccount): Script =>
  script('unlock domain account', body(account, CHANGE + UNLOCK_ONCE));
