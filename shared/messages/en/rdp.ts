/** The proof of Remote Desktop, its certificate, and the clients. */
export const rdp = {
  'rdp.title': 'Remote Desktop',
  'rdp.intro':
    'Looks whether Remote Desktop answers, how it is secured and which certificate it shows. No sign-in is tried: a failed one would count against an account.',
  'rdp.probe.here': 'Probe from here',
  'rdp.probe.tunnel': 'Probe through SSH',
  'rdp.probe.title': 'Does Remote Desktop answer on {name}?',
  'rdp.connect': 'Connect',
  'rdp.via.here': 'Seen from here',
  'rdp.via.tunnel': 'Seen from the instance itself, through SSH',
  'rdp.looked.here': 'Seen from here on {host}, port {port, number, ::group-off},',
  'rdp.looked.tunnel': 'Seen from the instance itself, through SSH, on port {port, number, ::group-off},',
  'rdp.roundTrip': 'round trip {ms, number, ::.#} ms',
  'rdp.ms': '{ms, number, ::.#} ms',
  'rdp.verdict.rdpWithNla': 'Remote Desktop answers, with Network Level Authentication',
  'rdp.verdict.rdpWithoutNla': 'Remote Desktop answers, but without Network Level Authentication',
  'rdp.verdict.notRdp': 'Something answers, but it is not Remote Desktop',
  'rdp.verdict.noService': 'Nothing serves the port',
  'rdp.verdict.closedByRule': 'Closed by the security groups',
  'rdp.verdict.filtered': 'No answer',
  'rdp.verdict.unreachable': 'Could not be looked at',
  'rdp.verdict.unknown': 'Proves nothing',
  'rdp.steps': 'Steps',
  'rdp.step.name': 'Name',
  'rdp.step.connect': 'Connection',
  'rdp.step.tunnel': 'SSH tunnel',
  'rdp.step.negotiate': 'Negotiation',
  'rdp.step.encrypt': 'Encryption',
  'rdp.step.state.passed': 'passed',
  'rdp.step.state.failed': 'failed',
  'rdp.step.state.notReached': 'not reached',
  'rdp.running.name': 'Resolving the name',
  'rdp.running.connect': 'Connecting',
  'rdp.running.tunnel': 'Looking from the instance, through SSH',
  'rdp.running.negotiate': 'Asking which security it chooses',
  'rdp.running.encrypt': 'Looking at the certificate',
  'rdp.certificate.subject': 'Certificate of',
  'rdp.certificate.unnamed': 'nobody named',
  'rdp.certificate.selfSigned': 'signed by itself',
  'rdp.certificate.issuer': 'issued by {issuer}',
  'rdp.certificate.valid': 'Valid',
  'rdp.certificate.range': '{from} to {to}',
  'rdp.certificate.fingerprint': 'SHA-256',
  'rdp.certificate.compared': 'Compared',
  'rdp.certificate.same': 'the same as last time',
  'rdp.certificate.first': 'seen for the first time; the next look compares with it',
  'rdp.certificate.differs': 'not the one of last time',
  'rdp.certificate.before': 'Last time',
  'rdp.certificate.changed':
    'Accept it only if you know why it changed: a reinstallation, a renewal, or a certificate that you put there. You can read the fingerprint on the instance itself, at its console.',
  'rdp.certificate.accept': 'Accept as the new one',
  'rdp.connect.title': 'Connect to {name}',
  'rdp.connect.client': 'Program',
  'rdp.connect.none':
    'No Remote Desktop program was found on this computer. Install Remmina or FreeRDP, or on macOS Windows App.',
  'rdp.connect.inTerminal': 'Asks for the password in a terminal window that is opened for it.',
  'rdp.connect.warning':
    'The program asks for the password; none is stored or handed over. Do not save it there: a program that reconnects with an old password locks the account again.',
  'rdp.connect.closed':
    'When it was last looked at, Remote Desktop was closed from here: the program will get no answer.',
  'rdp.connect.started': '{client} is connecting to {name}',
  'rdp.user': 'User name',
  'rdp.user.hint': 'name, DOMAIN\\name or name@domain. Left empty, the program asks.',
  'rdp.user.broken': 'A user name has at most 256 characters, on one line.',
  'rdp.gateway': 'RD Gateway',
  'rdp.gateway.hint': 'Its host name, where connections go through one.',
  'rdp.gateway.broken': 'A host name, without port or address prefix.',
  'rdp.fullScreen': 'Full screen',
  'rdp.profile.user': 'Remote Desktop user',
  'rdp.profile.host': 'Remote Desktop host',
  'rdp.profile.host.hint': 'Only where it is not the SSH host.',

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
    'Remote Desktop answered {via, select, tunnel {on the instance, through SSH} other {from here}}, with Network Level Authentication.',
  'rdp.fact.rdpWithoutNla':
    'Remote Desktop answered {via, select, tunnel {on the instance, through SSH} other {from here}}, without Network Level Authentication.',
  'rdp.fact.notRdp':
    'Port {port, number, ::group-off} answered {via, select, tunnel {on the instance, through SSH} other {from here}}, but not as Remote Desktop.',
  'rdp.fact.noService':
    'Port {port, number, ::group-off} was refused {via, select, tunnel {on the instance, through SSH} other {from here}}.',
  'rdp.fact.closedByRule': 'Remote Desktop did not answer from here: closed by the security groups.',
  'rdp.fact.filtered':
    'Remote Desktop did not answer {via, select, tunnel {on the instance, through SSH} other {from here}}.',
  'rdp.fact.unreachable':
    'Remote Desktop could not be probed {via, select, tunnel {through SSH} other {from here}}.',
  'rdp.fact.unknown':
    'The probe of Remote Desktop {via, select, tunnel {through SSH} other {from here}} proved nothing.',
  'rdp.fact.clientStarted': '{client} started to connect over Remote Desktop.',

  'error.rdp.tlsFailed':
    'Remote Desktop answers on {host}, but the encrypted connection could not be made ({reason}). Clients would not get further either.',
  'error.rdp.tooMuch': '{host} sent far more than the start of a Remote Desktop connection holds.',
  'error.rdp.clientMissing': 'This program is not on this computer any more. Choose another one.',
  'error.rdp.clientFailed': '{client} could not be started. Start it by hand, or choose another program.',
} as const;
