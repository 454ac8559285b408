import { parseArgs } from 'node:util';
import { replayFile } from '../electron/sources/events/replay-file';
import { createTranslator } from '../shared/messages/format';
import { type ReplayPolicy, replayPolicySchema } from '../shared/replay';

const USAGE = `Name recorded event logs in XML: npm run replay -- FILE...
  --threshold N --window-minutes N --duration-minutes N   the lockout policy to judge by (duration 0: until an admin)
  --own ADDRESS                                           an address of your own; may be given several times
  --pretty                                                several lines a file`;

interface Arguments {
  readonly files: readonly string[];
  readonly policy: ReplayPolicy | null;
  readonly own: readonly string[];
  readonly pretty: boolean;
}

/** The command line; a sentence when it cannot be understood. */
function parse(args: string[]): Arguments | string {
  let parsed: ReturnType<typeof parseOptions>;
  try {
    parsed = parseOptions(args);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  const { values, positionals: files } = parsed;
  if (files.length === 0) return 'No file is named.';
  const given = [values.threshold, values['window-minutes'], values['duration-minutes']];
  const common = { files, own: values.own ?? [], pretty: values.pretty ?? false };
  if (given.every((value) => value === undefined)) return { ...common, policy: null };
  if (given.some((value) => value === undefined))
    return 'A policy needs threshold, window and duration together.';
  const [threshold, windowMinutes, durationMinutes] = given.map(Number);
  const policy = replayPolicySchema.safeParse({ threshold, windowMinutes, durationMinutes });
  if (!policy.success)
    return `Not a lockout policy: ${policy.error.issues.map(({ path }) => path.join('.')).join(', ')}.`;
  return { ...common, policy: policy.data };
}

const parseOptions = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      threshold: { type: 'string' },
      'window-minutes': { type: 'string' },
      'duration-minutes': { type: 'string' },
      own: { type: 'string', multiple: true },
      pretty: { type: 'boolean' },
    },
  });

/** Prints one JSON object a file; exit 0 when all were read, 2 when one was not or the command line is wrong. */
async function main(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (typeof wanted === 'string') {
    console.error(`${wanted}\n${USAGE}`);
    return 2;
  }
  const t = createTranslator('en');
  let unread = 0;
  for (const path of wanted.files) {
    const report = await replayFile(path, { policy: wanted.policy, ownAddresses: wanted.own });
    console.log(JSON.stringify({ ...report, file: path }, null, wanted.pretty ? 2 : undefined));
    if (report.problem === null) continue;
    const sentence = t(report.problem.messageKey, { ...report.problem.params, file: path });
    console.error(sentence.includes(path) ? sentence : `${path}: ${sentence}`);
    unread++;
  }
  return unread > 0 ? 2 : 0;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
