export const errorDirectory = {
  'error.directory.controllersNotFound':
    'No domain controller of {domain} could be found through DNS. Check the domain’s name and whether this computer uses the domain’s DNS servers, or name a controller yourself.',
  'error.directory.refused':
    '{host} refuses connections on port {port, number, ::group-off}. Check the port and whether a domain controller runs there.',
  'error.directory.notLdap':
    'What answers at {host} does not speak LDAP as a domain controller does. Check the port and the encryption.',
  'error.directory.tlsFailed':
    '{host} and Lockwatch could not agree on encryption{detail, select, none {} other { ({detail})}}. The controller may have no certificate, or the port expects another way.',
  'error.directory.startTlsRefused':
    '{host} does not offer StartTLS. Without a certificate a domain controller cannot encrypt. Install one there.',
  'error.directory.certificateUnknown':
    'Nobody vouches for the certificate of {host} yet ({detail}). Compare its fingerprint {fingerprint} with the one shown on the controller, then accept it. Nothing has been sent.',
  'error.directory.certificateChanged':
    'The certificate of {host} is not the one that was accepted before. Expected {pinned}, got {fingerprint}. Either it was renewed, or somebody else answers in its place. Lockwatch has stopped before sending anything.',
  'error.directory.bindRefused':
    '{host} does not let {user} in: {reason, select, noSuchUser {there is no such user} lockedOut {the account is locked out} disabled {the account is disabled} passwordExpired {its password has expired} mustChange {its password has to be changed first} accountExpired {the account has expired} logonHours {not at this time of day} workstation {not from this computer} rights {it lacks the right to sign in this way} other {the controller did not say why (code {code})}}. Nothing is tried again until you say so.',
  'error.directory.passwordRefused':
    '{host} refused the password of {user}. Lockwatch sends a password only once, because every refused one counts towards the lockout of {user}. Enter the right password to go on.',
  'error.directory.bindUnanswered':
    '{host} took the password of {user} twice and never said whether it is right. It may have counted as a failed logon, so Lockwatch does not send it again by itself. Enter it anew to go on.',
  'error.directory.encryptionRequired':
    '{host} takes no passwords over an unencrypted connection. Choose LDAPS or StartTLS.',
  'error.directory.otherDomain':
    '{host} is a domain controller of {found}, not of {domain}. Check the domain and the controllers.',
  'error.directory.pdcUnknown':
    'It cannot be told which controller of {domain} is the PDC emulator, or it does not answer. What the others say of an account is not the truth.',
  'error.directory.insufficientRights':
    '{user} may not do this. Missing is the right {right, select, unlock {to write lockoutTime on {object}: grant “Write lockoutTime” on user objects} read {to read {object}} other {{right}}}.',
  'error.directory.noSuchObject': 'There is no {object} in the directory, or it may not be seen.',
  'error.directory.referral':
    '{host} does not hold this itself and points to another server. Lockwatch does not follow such pointers.',
  'error.directory.busy': '{host} is too busy to answer. It is asked again later.',
  'error.directory.limit':
    '{host} stopped before it had answered in full, at a limit of {limit, select, size {answers} time {time} other {its administrator}}. What it said so far is not used.',
  'error.directory.unreadableAnswer': '{host} gave an answer that could not be understood ({detail}).',
  'error.directory.operationRefused': '{host} refused with LDAP code {code, number, ::group-off}.',
  'error.directory.incomplete': 'The answer of {host} is not complete. Nothing is concluded from what came.',
  'error.directory.previewGone':
    'What was shown is no longer how things are. Look at the account again before unlocking it.',
} as const;
