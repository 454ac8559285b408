import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Another computer on a wire of its own, whose firewall a test has in hand. Needs root. */
export interface OtherComputer {
  readonly namespace: string;
  /** Its address, from the block that is set aside for measurements. */
  readonly address: string;
  /** Puts one rule before what comes in, in the place of the one before: `-j DROP`, `-j REJECT --reject-with ...`. */
  firewall(port: number, ...target: string[]): Promise<void>;
  remove(): Promise<void>;
}

export async function otherComputer(): Promise<OtherComputer> {
  const namespace = `lockwatch-${process.pid}`;
  const outside = `lw${process.pid}a`;
  const inside = `lw${process.pid}b`;
  const address = '198.18.77.2';
  const within = (...args: string[]) => run('ip', ['netns', 'exec', namespace, ...args]);
  const remove = async (): Promise<void> => {
    // The wire goes with the namespace.
    await run('ip', ['netns', 'del', namespace]).catch(() => undefined);
    await run('ip', ['link', 'del', outside]).catch(() => undefined);
  };
  try {
    await run('ip', ['netns', 'add', namespace]);
    await run('ip', ['link', 'add', outside, 'type', 'veth', 'peer', 'name', inside]);
    await run('ip', ['link', 'set', inside, 'netns', namespace]);
    await run('ip', ['addr', 'add', '198.18.77.1/30', 'dev', outside]);
    await run('ip', ['link', 'set', outside, 'up']);
    await within('ip', 'addr', 'add', `${address}/30`, 'dev', inside);
    await within('ip', 'link', 'set', inside, 'up');
    await within('ip', 'link', 'set', 'lo', 'up');
  } catch (cause) {
    await remove();
    throw cause;
  }
  return {
    namespace,
    address,
    async firewall(port, ...target) {
      await within('iptables', '-F', 'INPUT');
      if (target.length > 0) {
        await within('iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', String(port), ...target);
      }
    },
    remove,
  };
}
