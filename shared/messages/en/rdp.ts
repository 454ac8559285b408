/** The proof of Remote Desktop, its certificate, and the clients. */
export const rdp = {
  'rdp.reason.refused.here':
    'The computer refused the connection on port {port, number, ::group-off}: nothing listens there, or a firewall answers in its place. Check that the Remote Desktop service runs and that this is its port.',
  'rdp.reason.refused.tunnel':
    'The instance itself refuses port {port, number, ::group-off}: Remote Desktop is not running there, or it uses another port.',
  'rdp.reason.closedIsolated':
    'No answer, and the security groups keep this address out. While the instance is isolated that is as it should be.',
  'rdp.reason.closedByRule': 'No answer, and the security groups keep this address out.',
  'rdp.reason.filtered.letIn':
    'No answer, although the security groups let this address in. The instance may be off, or its own firewall or one on the way drops port {port, number, ::group-off}.',
  'rdp.reason.filtered.unknown':
    'No answer. The security groups let only some addresses in, and whether this one is among them is not known.',
  'rdp.reason.filtered.notRead':
    'No answer on port {port, number, ::group-off}: a firewall drops it, or the computer is off. No security group has been read that would tell which.',
  'rdp.reason.filtered.tunnel':
    'The instance itself got no answer on port {port, number, ::group-off}. A firewall on it drops even its own connections.',
  'rdp.reason.unreachable': 'The computer could not be reached at all.',
  'rdp.reason.noTunnel': 'The way through SSH could not be had, so nothing is known about Remote Desktop.',
  'rdp.reason.answersThoughClosed':
    'It answers although the security groups that were read keep this address out: there is another way in, or they have changed since.',
  'rdp.reason.other':
    '{service, select, ssh {An SSH server} http {A web server} tls {A TLS server} vnc {A VNC server} text {Another service} other {Something else}} answers on port {port, number, ::group-off}, not Remote Desktop.',
  'rdp.reason.silent':
    'The port is open, but nothing answered the Remote Desktop request in time. The service may be overloaded or stuck.',
  'rdp.reason.half': 'An answer began and did not end in time.',
  'rdp.reason.hungUp':
    'The port is open, but the connection was ended without an answer. The service may be starting, out of connections, or stuck.',
  'rdp.reason.disconnected': 'It speaks the protocol below Remote Desktop, but ended the connection at once.',
  'rdp.reason.failure.tlsRequired':
    'The server refused (SSL_REQUIRED_BY_SERVER): it wants TLS, although TLS was offered. Its settings contradict each other.',
  'rdp.reason.failure.tlsNotAllowed':
    'The server allows no TLS (SSL_NOT_ALLOWED_BY_SERVER), only the old encryption of Remote Desktop itself.',
  'rdp.reason.failure.noCertificate':
    'The server has no certificate for TLS (SSL_CERT_NOT_ON_SERVER). Nobody can connect securely before it has one.',
  'rdp.reason.failure.inconsistentFlags':
    'The server refused (INCONSISTENT_FLAGS): what was offered makes no sense to it.',
  'rdp.reason.failure.nlaRequired':
    'The server refused (HYBRID_REQUIRED_BY_SERVER): it wants Network Level Authentication, although it was offered. Its settings contradict each other.',
  'rdp.reason.failure.clientCertificateRequired':
    'The server wants TLS with a certificate of the client (SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER). Ordinary clients cannot connect.',
  'rdp.reason.failure.other': 'The server refused with code {code}, which Remote Desktop does not define.',
  'rdp.reason.security.standard':
    'It chose the old encryption of Remote Desktop itself: no certificate, so nobody can tell who answers.',
  'rdp.reason.security.tls': 'It chose TLS without Network Level Authentication.',
  'rdp.reason.security.nla': 'It chose Network Level Authentication (CredSSP).',
  'rdp.reason.security.nlaExtended':
    'It chose Network Level Authentication (CredSSP, with early authorisation).',
  'rdp.reason.security.rdsTls': 'It chose RDSTLS, which is meant for redirected connections.',
  'rdp.reason.security.rdsAad': 'It chose sign-in through Microsoft Entra ID (RDSAAD).',
  'rdp.reason.shouldBeNla':
    'It should be Network Level Authentication: without it everybody who reaches the port gets a sign-in screen before proving who they are. Require it in the Remote Desktop settings.',
  'rdp.reason.nlaInsisted': 'Clients without Network Level Authentication are refused, as it should be.',
  'rdp.reason.nlaOffered':
    'Clients without Network Level Authentication are let in too. Require it in the Remote Desktop settings.',
  'rdp.reason.notEncrypted':
    'The encrypted connection did not come about, so this is no proof: clients would not get further either.',
  'rdp.reason.certificateChanged':
    'The certificate is not the one of last time. Windows renews its own every six months and makes a new one after a reinstallation; otherwise somebody may be answering in its place.',
  'rdp.reason.certificateElsewhere':
    '{via, select, tunnel {The certificate last seen from here is another one than the instance itself shows} other {The instance itself showed another certificate through SSH}}. Something in between may be answering in its place.',
  'rdp.reason.certificateExpired': 'The certificate is no longer valid.',

  'rdp.fact.rdpWithNla':
    'Remote Desktop answered {via, select, tunnel {on the instance, through SSH} other {from here}}, with Network Level Authentication',
  'rdp.fact.rdpWithoutNla':
    'Remote Desktop answered {via, select, tunnel {on the instance, through SSH} other {from here}}, without Network Level Authentication',
  'rdp.fact.notRdp':
    'Port {port, number, ::group-off} answered {via, select, tunnel {on the instance, through SSH} other {from here}}, but not as Remote Desktop',
  'rdp.fact.noService':
    'Port {port, number, ::group-off} was refused {via, select, tunnel {on the instance, through SSH} other {from here}}',
  'rdp.fact.closedByRule': 'Remote Desktop did not answer from here: closed by the security groups',
  'rdp.fact.filtered':
    'Remote Desktop did not answer {via, select, tunnel {on the instance, through SSH} other {from here}}',
  'rdp.fact.unreachable':
    'Remote Desktop could not be probed {via, select, tunnel {through SSH} other {from here}}',
  'rdp.fact.unknown':
    'The probe of Remote Desktop {via, select, tunnel {through SSH} other {from here}} proved nothing',
  'rdp.fact.clientStarted': '{client} started to connect over Remote Desktop',

  'error.rdp.tlsFailed':
    'Remote Desktop answers on {host}, but the encrypted connection could not be made ({reason}). Clients would not get further either.',
  'error.rdp.tooMuch': '{host} sent far more than the start of a Remote Desktop connection holds.',
  'error.rdp.clientMissing': 'This program is not on this computer any more. Choose another one.',
  'error.rdp.clientFailed': '{client} could not be started. Start it by hand, or choose another program.',
} as const;
