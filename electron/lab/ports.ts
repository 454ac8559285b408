import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const portsSchema = z.record(z.string(), z.number().int().min(1).max(65_535));

const fileIn = (dataDir: string) => join(dataDir, 'ports.json');

/** The ports that the instances had last time; a file that cannot be read means none, and free ones are chosen. */
export function readPorts(dataDir: string): Record<string, number> {
  try {
    const parsed = portsSchema.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** Keeps the ports, so that profiles of the last practice still find their instances. */
export function writePorts(dataDir: string, ports: Readonly<Record<string, number>>): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(ports, null, 2)}\n`);
}
