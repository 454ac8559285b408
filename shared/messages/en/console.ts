export const consoleWords = {
  'console.title': 'Console of {name}',
  'console.window.title': 'Console: {name}',
  'console.action': 'Console',
  'console.intro':
    'The console shows the screen of the instance itself, and works while Remote Desktop is closed. The built-in Administrator can sign in there even while it is locked for network logons. Another locked account may be refused there, too: then sign in as Administrator and unlock it.',

  'console.cloud.title': 'Console of the provider',
  'console.cloud.ready':
    'Alibaba Cloud shows the screen of {instanceId} on a page of its own, in a window of its own. The address is fetched when you click, can be used for 15 seconds, and is kept nowhere.',
  'console.cloud.idle':
    'The provider ends a console that nobody uses for about five minutes (older documentation says one). Click again for a new one.',
  'console.cloud.steps':
    'There: send Ctrl+Alt+Del from the menu of the page, choose the account, and enter its password.',
  'console.cloud.noAccount':
    'No cloud account reaches {instanceId} in {region}. Add one under Cloud, or choose another in the profile.',
  'console.cloud.notOffered.aws':
    'The console of AWS is not opened from here. In the EC2 console: select {instanceId}, then Actions, Monitor and troubleshoot, EC2 serial console. It is text only; the password is reset through Systems Manager.',
  'console.cloud.notOffered.azure':
    'The console of Azure is not opened from here. In the portal: open the virtual machine {instanceId}, then Help, Serial console.',
  'console.cloud.notOffered.other':
    'The console of this provider is not opened from here. Look for “Console”, “VNC” or “Screen” at {instanceId} in its own portal. If it offers a VNC address, enter it in the profile.',
  'console.cloud.open': 'Open the provider’s console',
  'console.cloud.opening': 'Asking the cloud for an address…',
  'console.cloud.again': 'Open with a new address',
  'console.cloud.isOpen': 'The console is open in its own window.',
  'console.cloud.validFor':
    'Its address can be used to connect for {seconds, plural, one {another second} other {another # seconds}}.',
  'console.cloud.ranOut':
    'Its address has run out. What is connected stays so; after a broken connection, open it with a new address.',

  'console.password.title': 'The page asks for a VNC password',
  'console.password.intro':
    'Usually it does not. If it does and nobody knows the password, set a new one here: it is the console’s password, not the one of a Windows account.',
  'console.password.label': 'New VNC password',
  'console.password.hint': 'Exactly six letters and digits, with a capital, a small letter and a digit.',
  'console.password.rule.length': 'exactly six characters',
  'console.password.rule.characters': 'letters a to z and digits only',
  'console.password.rule.upper': 'a capital letter',
  'console.password.rule.lower': 'a small letter',
  'console.password.rule.digit': 'a digit',
  'console.password.met': 'met',
  'console.password.notMet': 'not met',
  'console.password.rules': 'Rules of the password',
  'console.password.set': 'Set the VNC password',
  'console.password.setting': 'Setting…',
  'console.password.done':
    'The VNC password is set. It was not kept here. Open the console again and enter it there.',
  'console.password.show': 'Show the password',
  'console.password.hide': 'Hide the password',

  'console.vnc.title': 'VNC',
  'console.vnc.direct': 'From here to {host}, port {port}.',
  'console.vnc.ssh': 'Through the SSH connection of the instance to {host}, port {port}.',
  'console.vnc.jumpHost': 'Through SSH from the last jump host to {host}, port {port}.',
  'console.vnc.open': 'Open the VNC console',
  'console.vnc.isOpen': 'The VNC console is open in its own window.',
  'console.vnc.front': 'Bring it to the front',
  'console.vnc.exposed':
    'This connection is not encrypted: anyone on the way can read the screen and what you type, passwords too. Use the SSH tunnel (in the profile).',
  'console.none.title': 'No console is known',
  'console.none.intro':
    'The profile of {name} names neither an instance of a cloud nor a VNC server. Every virtual machine has a screen somewhere:',
  'console.none.hypervisor':
    'On a hypervisor (KVM, Proxmox, Xen, VMware, Hyper-V), open the machine’s console there. Where it offers VNC, enter host and port in the profile and open it from here.',
  'console.none.cloud': 'At a cloud provider, link the instance to its place in the cloud.',
  'console.none.hardware':
    'On hardware of your own, use its management board (iDRAC, iLO, IPMI) or the keyboard that is plugged in.',
  'console.editProfile': 'Edit the profile',
  'console.linkCloud': 'Link to a cloud instance',

  'console.fact.cloud': 'Console of the provider opened.',
  'console.fact.vnc': 'VNC console opened.',
  'console.fact.ctrlAltDel': 'Ctrl+Alt+Del sent.',

  'audit.action.consoleOpened': 'Console opened',
  'audit.action.vncPasswordSet': 'VNC password set',

  'error.console.none': 'No console of {name} can be opened from here. Its profile says what is missing.',
  'error.console.tooOften':
    'The console was opened several times within a minute, and the provider limits that. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  'error.console.expired':
    'The page of {host} took so long to load that the console’s address had run out, twice. Check the connection, then click again.',
  'error.console.pageNotLoaded':
    'The address was fetched, but the page of {host} did not load. Check the network, a VPN and the proxy, then click again.',
  'error.console.pageRefused':
    'The cloud named a page of {host} that Lockwatch does not show. Open the console in the provider’s own portal.',

  'profile.section.vnc': 'Console over VNC',
  'profile.section.vnc.hint':
    'For machines whose screen a VNC server shows, such as those of KVM, Proxmox, Xen or VMware. Leave the host empty where there is none.',
  'profile.vnc.host': 'VNC host',
  'profile.vnc.host.hint': 'As the computer that connects to it names it: 127.0.0.1 is that computer itself.',
  'profile.vnc.port': 'VNC port',
  'profile.vnc.port.hint': 'Display 0 is port 5900, display 1 is 5901, and so on.',
  'profile.vnc.via': 'Reached',
  'profile.vnc.via.direct': 'directly from here',
  'profile.vnc.via.ssh': 'through SSH, from the instance',
  'profile.vnc.via.jumpHost': 'through SSH, from the last jump host',
  'profile.vnc.via.direct.hint':
    'VNC is not encrypted. Fine on this computer or inside a VPN; otherwise take a tunnel.',
  'profile.vnc.via.ssh.hint':
    'Encrypted up to the instance. Of use where the VNC server runs on it or in its network.',
  'profile.vnc.via.jumpHost.hint':
    'Encrypted up to the jump host, such as the hypervisor; the instance itself need not answer SSH.',
  'profile.error.vncJumpHost': 'Add a jump host first, or choose another way.',

  'console.page.toolbar': 'Console',
  'console.page.screen': 'Screen of {name}',
  'console.page.escape':
    'Keys go to the instance while its screen has the focus. Ctrl+Alt+Shift+X brings you back to the buttons.',
  'console.page.ctrlAltDel': 'Ctrl+Alt+Del',
  'console.page.ctrlAltDel.sent': 'Ctrl+Alt+Del sent',
  'console.page.type': 'Type text',
  'console.page.fit': 'Fit to the window',
  'console.page.original': 'Original size',
  'console.page.fullScreen': 'Full screen',
  'console.page.leaveFullScreen': 'Leave full screen',
  'console.page.viewOnly': 'View only',
  'console.page.reconnect': 'Connect again',
  'console.page.disconnect': 'Disconnect',
  'console.page.close': 'Close the window',
  'console.page.practice': 'Practice',
  'console.page.exposed':
    'Not encrypted: anyone on the way to {host} can read the screen and what you type, passwords too. Use the SSH tunnel (in the instance’s profile).',
  'console.page.place.direct': '{host}:{port}',
  'console.page.place.ssh': '{host}:{port} through SSH',
  'console.page.place.jumpHost': '{host}:{port} through the jump host',

  'console.page.state.connecting': 'Connecting to {place}…',
  'console.page.state.negotiating': 'Agreeing with the VNC server…',
  'console.page.state.authenticating': 'Signing in to the VNC server…',
  'console.page.state.password': 'The VNC server asks for a password',
  'console.page.state.verify': 'The VNC server shows its key',
  'console.page.state.connected': 'Connected to {server}',
  'console.page.state.ended': 'Not connected',

  'console.page.password.title': 'Password of the VNC server',
  'console.page.password.intro':
    'It stays in this window and is kept nowhere. It is the VNC server’s, not the one of a Windows account.',
  'console.page.password.eight': 'VNC takes the first eight characters and ignores the rest.',
  'console.page.password.user': 'User name',
  'console.page.password.label': 'Password',
  'console.page.password.send': 'Sign in',
  'console.page.verify.intro':
    'Compare this fingerprint with the one that the server’s administrator has. If it differs, somebody may stand in between.',
  'console.page.verify.accept': 'It is the same: go on',
  'console.page.verify.refuse': 'Do not connect',

  'console.page.ended.byServer': 'The server ended the connection.',
  'console.page.ended.byUser': 'Disconnected.',
  'console.page.ended.gone':
    'The connection ended because the part of Lockwatch that holds it has stopped. It starts again by itself; connect again in a moment.',
  'console.page.ended.protocol':
    'The server sent something that does not follow the VNC protocol, or ended the connection in the middle of it.',
  'console.page.ended.notVnc':
    'Something answers at {place}, but it is no VNC server. Check the port in the profile.',
  'console.page.ended.noServer':
    '{host} refuses connections on port {port}: no VNC server listens there. Check host and port in the profile.',
  'console.page.ended.noAnswer':
    '{host} did not answer on port {port} within {seconds} seconds. Check host and port in the profile, and whether a firewall is in between; a VNC server is often reached only through the SSH tunnel.',
  'console.page.ended.refused': 'The VNC server refused the password. It is not tried again by itself.',
  'console.page.ended.refusedWith': 'The VNC server refused: “{reason}”. Nothing is tried again by itself.',
  'console.page.ended.security':
    'The VNC server offers only ways to sign in that are not supported here: {types}. Supported are: none, VNC password, RSA-AES (RA2ne), Apple, MS-Logon II, and VeNCrypt or Tight with a plain password. Let the server offer one of these, and reach it through the SSH tunnel for encryption.',
  'console.page.ended.silent':
    'The server accepted the connection and has said nothing for {seconds} seconds.',
  'console.page.security.unknown': 'type {number}',

  'console.page.text.title': 'Type text on the instance',
  'console.page.text.label': 'Text',
  'console.page.text.intro':
    'Each character is sent as a key. The keyboard layout of the instance may turn some into others, above all symbols and letters that it has no key for: look at the result before you press Enter.',
  'console.page.text.enter':
    'A new line is sent as Enter. Once all of it was typed, the text is removed from here.',
  'console.page.text.start': 'Type it',
  'console.page.text.cancel': 'Stop',
  'console.page.text.close': 'Close',
  'console.page.text.progress': '{done} of {total} characters typed',
  'console.page.text.done':
    '{count, plural, =0 {Nothing was typed.} one {# character typed.} other {# characters typed.}}',
  'console.page.text.stopped': 'Stopped after {done} of {total} characters.',
  'console.page.text.left':
    '{count, plural, one {# character cannot be typed and was left out: {list}} other {# characters cannot be typed and were left out: {list}}}',
  'console.page.text.viewOnly': 'Switch “View only” off first.',
} as const;
