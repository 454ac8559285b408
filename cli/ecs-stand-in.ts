import { parseArgs } from 'node:util';
import { practiceNetworks } from '../electron/lab/ecs/practice/practice-estate';
import { createEcsStandIn, STAND_IN_KEY } from '../electron/lab/ecs/stand-in';

const USAGE = `Run a stand-in for the Alibaba Cloud ECS interface on this computer: npm run ecs-stand-in -- --port N
  --port N    the port on 127.0.0.1, 0 for a free one (default 0)`;
const REGION = 'cn-hangzhou';

/** The port that was asked for, or a sentence that says what is wrong. */
function parse(args: string[]): number | string {
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string' } } });
    const text = values.port ?? '0';
    const port = Number(text);
    return /^\d+$/.test(text) && port <= 65_535 ? port : `"${text}" is not a port: a number from 0 to 65535.`;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

const sentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is used by another program',
  EACCES: 'may not be used by this account',
};

const told = (
  port: number,
): string => `ECS stand-in (practice only, no cloud behind it) on http://127.0.0.1:${port}

  endpoint            http://127.0.0.1:${port}
  region              ${REGION}
  access key id       ${STAND_IN_KEY.id}
  access key secret   ${STAND_IN_KEY.secret}

With the official SDK, @alicloud/ecs20140526 and @alicloud/openapi-core (no scheme inside endpoint):
  new Ecs(new $OpenApiUtil.Config({ endpoint: '127.0.0.1:${port}', protocol: 'http', regionId: '${REGION}',
    accessKeyId: '${STAND_IN_KEY.id}', accessKeySecret: '${STAND_IN_KEY.secret}' }))

With libcloud:
  ECSDriver('${STAND_IN_KEY.id}', '${STAND_IN_KEY.secret}', region='${REGION}',
            secure=False, host='127.0.0.1', port=${port}).list_nodes()

It holds the practice estate, forgets every change when it ends, and ends with Ctrl+C.`;

/** Exit 0 after Ctrl+C, 2 when the command line is wrong or the port cannot be had. */
async function main(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (typeof wanted === 'string') {
    console.error(`${wanted}\n${USAGE}`);
    return 2;
  }
  const standIn = createEcsStandIn({ estate: practiceNetworks });
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    console.log(told(await standIn.start(wanted)));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    console.error(`Port ${wanted} ${sentences[code] ?? `cannot be opened (${code})`}.`);
    return 2;
  }
  await ended;
  await standIn.stop();
  return 0;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
