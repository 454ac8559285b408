export const errorSsh = {
  'error.net.nameNotFound':
    'The name {host} cannot be resolved. Check the spelling, and whether a VPN has to be on.',
  'error.net.refused':
    '{host} refuses connections on port {port, number, ::group-off}. Check the port, and that the OpenSSH server service is running there.',
  'error.net.unreachable':
    '{host} cannot be reached. Check the network, a VPN, and the firewalls in between.',
  'error.net.timeout':
    '{host} did not answer{seconds, plural, =0 { any more} one { within # second} other { within # seconds}}. It may be switched off, overloaded, or behind a firewall that drops connections.',
  'error.net.closed': '{host} closed the connection. It may be restarting, or it limits connections.',
  'error.ssh.notSsh':
    'What answers on {host}, port {port, number, ::group-off}, is not an SSH server. Check the port.',
  'error.ssh.negotiation':
    '{host} and Lockwatch found no encryption that both accept. The SSH server there is too old or restricted.',
  'error.ssh.hostKeyUnknown':
    'Nobody has accepted the host key of {host} yet. Compare its fingerprint {fingerprint} with the one shown on the instance itself, then accept it.',
  'error.ssh.hostKeyChanged':
    'The host key of {host} is not the one that was accepted before. Expected {pinned}, got {fingerprint}. Either the instance was reinstalled, or somebody else answers in its place. Lockwatch has stopped before sending anything.',
  'error.ssh.hostKeyRevoked':
    'The host key {fingerprint} of {host} is marked as revoked in known_hosts. Lockwatch does not connect to it.',
  'error.ssh.passwordRefused':
    '{host} refused the password of {user}. Lockwatch sends a password only once, because every refused one counts as a failed logon and could lock {user} out. Enter the right password to go on.',
  'error.ssh.passwordUnanswered':
    '{host} took the password of {user} twice and never said whether it is right. Lockwatch does not send it again by itself, because it could count as a failed logon. Check the instance, then enter the password again.',
  'error.ssh.passwordExpired':
    'The password of {user} on {host} has expired and has to be changed there. Then enter the new one here.',
  'error.ssh.methodNotOffered':
    '{host} does not let {user} sign in with {method, select, password {a password} other {a key}}. Choose another way to authenticate, or allow it in the server’s configuration.',
  'error.ssh.keyRefused':
    '{host} does not accept the key for {user}. For administrators the public key belongs in %programdata%\\ssh\\administrators_authorized_keys, writable by SYSTEM and Administrators only.',
  'error.ssh.keyUnreadable':
    'The private key file {path} cannot be read, is not a private key, or is on a network share, where no key is read.',
  'error.ssh.keyPassphrase': 'The private key {path} needs another passphrase than the one that is stored.',
  'error.ssh.agentUnavailable':
    'The SSH agent does not answer or holds no key. Start it and add a key, or choose a key file.',
  'error.ssh.forwardRefused':
    'The jump host does not allow connections to {host}, port {port, number, ::group-off}. Allow TCP forwarding there.',
  'error.ssh.execFailed':
    'The instance broke off reading {name, select, shell {the shell} facts {the computer’s own data} policy {the lockout policy} accounts {the local accounts} auditing {the audit settings} channelStatus {the state of an event log} account {how the account stands} unlock {the unlocking of the account} other {{name}}}, or did not let it start.',
  'error.ssh.commandTimeout':
    'The instance took longer than {seconds, plural, one {# second} other {# seconds}} to read {name, select, shell {the shell} facts {the computer’s own data} policy {the lockout policy} accounts {the local accounts} auditing {the audit settings} channelStatus {the state of an event log} account {how the account stands} unlock {the unlocking of the account} other {{name}}}. It may be overloaded.',
  'error.windows.shellUnknown':
    'What answers is neither cmd nor PowerShell, and PowerShell cannot be started from it. Is this a Windows instance?',
  'error.windows.accessDenied':
    'Windows denies access to {name, select, shell {the shell} facts {the computer’s own data} policy {the lockout policy} accounts {the local accounts} auditing {the audit settings} channelStatus {the state of an event log} account {how the account stands} unlock {the unlocking of the account} other {{name}}}. Sign in as an administrator, or as a member of Event Log Readers for the event logs.',
  'error.windows.channelMissing': 'The event log {channel} does not exist on this instance.',
  'error.windows.unreadableAnswer':
    'What the instance says about {name, select, shell {the shell} facts {the computer’s own data} policy {the lockout policy} accounts {the local accounts} auditing {the audit settings} channelStatus {the state of an event log} account {how the account stands} unlock {the unlocking of the account} other {{name}}} was incomplete or not understood.',
  'error.windows.commandFailed':
    'Windows could not read {name, select, shell {the shell} facts {the computer’s own data} policy {the lockout policy} accounts {the local accounts} auditing {the audit settings} channelStatus {the state of an event log} account {how the account stands} unlock {the unlocking of the account} other {{name}}} (code {code, number, ::group-off}).',
  'error.account.notConnected':
    'Lockwatch is not connected to this instance at the moment, so nothing was done. Try again once it is.',
} as const;
