/**
 * @typedef {object} SystemNeed
 * @property {'library' | 'command' | 'file'} kind
 * @property {readonly string[]} anyOf file names, any of which will do
 * @property {string} debianPackage
 */

/** @type {(debianPackage: string, ...anyOf: string[]) => SystemNeed} */
const library = (debianPackage, ...anyOf) => ({ kind: 'library', anyOf, debianPackage });
/** @type {(debianPackage: string, ...anyOf: string[]) => SystemNeed} */
const command = (debianPackage, ...anyOf) => ({ kind: 'command', anyOf, debianPackage });
/** @type {(debianPackage: string, ...anyOf: string[]) => SystemNeed} */
const file = (debianPackage, ...anyOf) => ({ kind: 'file', anyOf, debianPackage });

/** What Electron itself links to. */
export const ELECTRON_NEEDS = [
  library('libgtk-3-0', 'libgtk-3.so.0'),
  library('libnss3', 'libnss3.so'),
  library('libatk1.0-0', 'libatk-1.0.so.0'),
  library('libatk-bridge2.0-0', 'libatk-bridge-2.0.so.0'),
  library('libgbm1', 'libgbm.so.1'),
  library('libasound2', 'libasound.so.2'),
];

/** What stands in for a desktop where there is none. */
export const VIRTUAL_DESKTOP_NEEDS = [
  command('xvfb', 'Xvfb'),
  command('dbus', 'dbus-daemon'),
  command('dbus-x11', 'dbus-launch'),
  file('fonts-dejavu-core', '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
];

/** What `npm run test:real` adds. */
export const REAL_TEST_NEEDS = [
  command('openbox', 'openbox'),
  command('tint2', 'tint2'),
  command('dunst', 'dunst'),
  command('dunst', 'dunstctl'),
  command('gnome-keyring', 'gnome-keyring-daemon'),
  command('openssh-server', 'sshd'),
  command('openssh-client', 'ssh-keygen'),
  command('imagemagick', 'import', 'magick'),
  command('libevtx-utils', 'evtxexport'),
  command('xdotool', 'xdotool'),
  command('x11-utils', 'xprop'),
  command('libsecret-tools', 'secret-tool'),
  command('p7zip-full', '7za'),
  command('poppler-utils', 'pdftotext'),
  command('tigervnc-viewer', 'vncviewer'),
  command('tigervnc-tools', 'vncpasswd'),
  command('gvncviewer', 'gvnccapture'),
  command('ldap-utils', 'ldapsearch'),
  command('xrdp', 'xrdp'),
  command('freerdp2-x11', 'xfreerdp'),
  command('freerdp2-shadow-x11', 'freerdp-shadow-cli'),
  command('iproute2', 'ip'),
  command('iptables', 'iptables'),
  command('python3', 'python3'),
  file('python3-libcloud', '/usr/lib/python3/dist-packages/libcloud/__init__.py'),
  command('samba-ad-dc', 'samba'),
  command('samba-common-bin', 'samba-tool'),
  file('samba-ad-provision', '/usr/share/samba/setup/provision.ldif'),
  file(
    'samba-dsdb-modules',
    '/usr/lib/x86_64-linux-gnu/samba/ldb/samldb.so',
    '/usr/lib/aarch64-linux-gnu/samba/ldb/samldb.so',
  ),
  file(
    'samba-vfs-modules',
    '/usr/lib/x86_64-linux-gnu/samba/vfs/acl_xattr.so',
    '/usr/lib/aarch64-linux-gnu/samba/vfs/acl_xattr.so',
  ),
  command('winbind', 'winbindd'),
  file('python3-samba', '/usr/lib/python3/dist-packages/samba/samdb.py'),
  file('python3-dnspython', '/usr/lib/python3/dist-packages/dns/resolver.py'),
  command('krb5-user', 'kinit'),
  command('ldap-utils', 'ldapsearch'),
  command('smbclient', 'smbclient'),
  command('tigervnc-standalone-server', 'Xtigervnc'),
  command('tigervnc-tools', 'tigervncpasswd'),
  command('x11-utils', 'xev'),
  command('x11-utils', 'xwininfo'),
  command('xterm', 'xterm'),
  command('openssl', 'openssl'),
];
