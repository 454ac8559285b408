/** The proof of Remote Desktop, its certificate, and the clients. */
export const rdp = {
  'error.rdp.tlsFailed':
    'Remote Desktop answers on {host}, but the encrypted connection could not be made ({reason}). Clients would not get further either.',
  'error.rdp.tooMuch': '{host} sent far more than the start of a Remote Desktop connection holds.',
  'error.rdp.clientMissing': 'This program is not on this computer any more. Choose another one.',
  'error.rdp.clientFailed': '{client} could not be started. Start it by hand, or choose another program.',
} as const;
