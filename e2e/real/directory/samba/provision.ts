import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const ADMIN_PASSWORD = 'Adm1n-Pass.w';

export interface ProvisionOptions {
  /** NetBIOS name; the DNS name is `<name>.test`. */
  readonly domain?: string;
  readonly hostName?: string;
  /** A loopback address of its own: 389, 636, 88 and 445 are fixed. */
  readonly address: string;
  /** Serve SMB too, for NTLM logons through `smbclient`; half a second more to start. */
  readonly smb?: boolean;
}

export interface Provisioned {
  readonly folder: string;
  readonly config: string;
  readonly address: string;
  readonly domain: string;
  readonly dnsDomain: string;
  readonly realm: string;
  readonly hostName: string;
  /** `DC=lab,DC=test`. */
  readonly base: string;
}

let given = 0;
/** A loopback address that no other test run has at the same time. */
export function ownLoopbackAddress(): string {
  given += 1;
  return `127.${64 + (process.pid % 64)}.${(process.pid >> 6) % 256}.${given + 1}`;
}

/** A new domain in a folder of its own, not started yet. Takes a few seconds. */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const { address, domain = 'LAB', hostName = 'dc1', smb = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'lw-samba-'));
  const dnsDomain = `${domain.toLowerCase()}.test`;
  const realm = dnsDomain.toUpperCase();
  await run(
    'samba-tool',
    [
      'domain',
      'provision',
      `--realm=${realm}`,
      `--domain=${domain}`,
      `--adminpass=${ADMIN_PASSWORD}`,
      '--server-role=dc',
      '--dns-backend=NONE',
      '--backend-store=mdb',
      '--backend-store-size=1Gb',
      `--targetdir=${folder}`,
      `--host-name=${hostName}`,
      `--host-ip=${address}`,
      `--option=interfaces=${address}/8`,
      '--option=bind interfaces only=yes',
      '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb',
    ],
    { timeout: 90_000 },
  );
  const config = join(folder, 'etc/smb.conf');
  const services = ['ldap', 'cldap', 'kdc', 'rpc', 'winbindd', ...(smb ? ['s3fs'] : [])].join(', ');
  const own = [
    `server services = ${services}`,
    'ldap server require strong auth = no',
    'ntlm auth = ntlmv2-only',
    `pid directory = ${folder}/run`,
    `ncalrpc dir = ${folder}/ncalrpc`,
    `ntp signd socket directory = ${folder}/ntp`,
    `log file = ${folder}/log.%m`,
    `tls keyfile = ${folder}/tls/key.pem`,
    `tls certfile = ${folder}/tls/cert.pem`,
    `tls cafile = ${folder}/tls/cert.pem`,
    'dns update command = /bin/true',
    'load printers = no',
    'printcap name = /dev/null',
  ];
  const written = (await readFile(config, 'utf8'))
    .split('\n')
    .filter((line) => !/^\s*(server services|log file|ntp signd socket directory)\s*=/.test(line))
    .join('\n');
  await writeFile(config, written.replace('[global]', `[global]\n\t${own.join('\n\t')}`));
  for (const name of ['run', 'ncalrpc', 'tls']) await mkdir(join(folder, name), { recursive: true });
  const base = dnsDomain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
  const made: Provisioned = { folder, config, address, domain, dnsDomain, realm, hostName, base };
  await newCertificate(made);
  return made;
}

/** Gives the controller another certificate; it is shown after a restart. */
export async function newCertificate({ folder, hostName, dnsDomain }: Provisioned): Promise<void> {
  const name = `${hostName}.${dnsDomain}`;
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=DNS:${name}`,
    '-keyout',
    join(folder, 'tls/key.pem'),
    '-out',
    join(folder, 'tls/cert.pem'),
  ]);
  await run('chmod', ['600', join(folder, 'tls/key.pem')]);
}

/** A domain controller listens on ports below 1024. */
export const canRunSamba = process.getuid?.() === 0;
/** A title that says why, where the tests below it are skipped for want of a controller. */
export const sambaTitle = (title: string): string => (canRunSamba ? title : `${title} (skipped: needs root)`);
