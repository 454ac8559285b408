/** The account that a script is about, as it was shown to the admin. */
export interface ScriptAccount {
  readonly name: string;
  /** `S-1-5-21-...`; null: known by its name only. */
  readonly sid: string | null;
}

/** Windows allows 20; much more would not fit into a command line. */
const ACCOUNT_NAME = /^[^\p{Cc}\p{Cs}]{1,32}$/u;

/** An account's SID, of a machine or a domain. */
const ACCOUNT_SID = /^S-1-5-21(-\d{1,10}){4}$/;

/** Whether a script can be made for it at all. */
export const isScriptAccount = ({ name, sid }: ScriptAccount): boolean =>
  ACCOUNT_NAME.test(name) && (sid === null || ACCOUNT_SID.test(sid));

/**
 * Sets `$want` to the argument. It goes in as base64 of JSON: no character of it means anything to PowerShell or to a
 * shell, and nothing is ever put together from it but values.
 */
export const wanted = (argument: ScriptAccount & { readonly filter?: string }): string =>
  `$want = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(
    JSON.stringify(argument),
    'utf8',
  ).toString('base64')}')))`;

/** `Same` compares names as Windows does; `$me` is the SID of who is signed in. */
export const ASIDE = `$me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
function Same($a, $b) { [string]::Equals($a, $b, [StringComparison]::OrdinalIgnoreCase) }
function SidOf($entry) { (New-Object Security.Principal.SecurityIdentifier -ArgumentList ([byte[]]$entry.PSBase.Properties['objectSid'].Value), 0).Value }`;

/**
 * What an unlock does with `Look`, `State` and `Unlock`: looks, refuses or clears once, looks again. What was found
 * goes out whatever happens after the clearing.
 */
export const UNLOCK_ONCE = `$u = Look
$a = @{ found = [bool]$u; done = $false; refused = $null; before = $null; after = $null }
if ($u) {
  $a.before = State $u
  if (-not (Same $a.before.name $want.name)) { $a.refused = 'renamed' }
  elseif ($a.before.sid -eq $me) { $a.refused = 'self' }
  elseif (-not (Elevated)) { $a.refused = 'notElevated' }
  elseif (-not $a.before.locked) { $a.refused = 'notLocked' }
  else {
    Unlock $u
    $a.done = $true
    try { $a.after = State (Look) } catch { }
  }
}
Send @{ ok = $true; value = $a }`;

export const INSPECT = `$u = Look
$a = @{ found = [bool]$u; elevated = [bool](Elevated); self = $false; account = $null }
if ($u) {
  $a.account = State $u
  $a.self = $a.account.sid -eq $me
}
Send @{ ok = $true; value = $a }`;
