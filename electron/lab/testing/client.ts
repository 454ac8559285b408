import { readFileSync } from 'node:fs';
import { Client, type ConnectConfig } from 'ssh2';
import type { LabEndpoint } from '../../../shared/lab';
import { fingerprintOf } from '../keys';

export interface Asked {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number | null;
  readonly fingerprint: string;
}

type Way = { readonly password: string } | { readonly key: true };

const settingsFor = (endpoint: LabEndpoint, way: Way): ConnectConfig => ({
  host: endpoint.host,
  port: endpoint.port,
  username: endpoint.user,
  ...('password' in way ? { password: way.password } : { privateKey: readFileSync(endpoint.privateKeyPath) }),
});

/** Connects, runs one command and leaves. Rejects when the connection fails or ends before the command does. */
export function ask(endpoint: LabEndpoint, command: string, way: Way = { key: true }): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    let fingerprint = '';
    const hostVerifier = (key: Buffer) => {
      fingerprint = fingerprintOf(key);
      return true;
    };
    client.on('ready', () => {
      client.exec(command, (error, channel) => {
        if (error) {
          client.end();
          reject(error);
          return;
        }
        const out: Buffer[] = [];
        const noise: Buffer[] = [];
        let code: number | null = null;
        channel.on('data', (part: Buffer) => out.push(part));
        channel.stderr.on('data', (part: Buffer) => noise.push(part));
        channel.on('exit', (exitCode: number | null) => {
          code = exitCode;
        });
        channel.on('close', () => {
          client.end();
          if (code === null) reject(new Error('closed before the end'));
          else {
            const stderr = Buffer.concat(noise).toString('utf8');
            resolve({ stdout: Buffer.concat(out), stderr, code, fingerprint });
          }
        });
      });
    });
    client.on('error', reject);
    client.on('close', () => reject(new Error('closed')));
    client.connect({ ...settingsFor(endpoint, way), hostVerifier });
  });
}

/** Starts a command and tears the connection down before or during its answer; settles when it is closed. */
export function leave(endpoint: LabEndpoint, command: string, when: 'before' | 'during'): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on('ready', () => {
      client.exec(command, (error, channel) => {
        if (error) reject(error);
        else if (when === 'before') client.destroy();
        else channel.once('data', () => client.destroy());
      });
    });
    client.on('error', reject);
    client.on('close', () => resolve());
    client.connect(settingsFor(endpoint, { key: true }));
  });
}
