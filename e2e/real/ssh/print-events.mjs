// Prints stored events as `wevtutil qe /f:xml /uni:true` would: node print-events.mjs CHANNEL-FILE COMMAND-LINE
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const [name = '', command = ''] = process.argv.slice(2);
const number = (pattern) => {
  const match = pattern.exec(command);
  return match ? Number(match[1]) : undefined;
};
const after = number(/EventRecordID>(\d+)/) ?? -1;
const limit = number(/\/c:(\d+)/) ?? Number.POSITIVE_INFINITY;
const single = new Set([...command.matchAll(/EventID=(\d+)/g)].map((match) => Number(match[1])));
const ranges = [...command.matchAll(/EventID>=(\d+) and EventID<=(\d+)/g)].map((match) =>
  match.slice(1).map(Number),
);
const wanted = ({ recordId, eventId }) =>
  recordId > after &&
  ((single.size === 0 && ranges.length === 0) ||
    single.has(eventId) ||
    ranges.some(([low = 0, high = 0]) => eventId >= low && eventId <= high));

/** Where reading begins: the last indexed record at or below `after`. A long log has an index, a short one none. */
function startOffset() {
  const index = JSON.parse(readFileSync(`${name}.index`, 'utf8'));
  return index.findLast(([recordId]) => recordId <= after)?.[1] ?? 0;
}

/** The wanted events in the log's order, at most `most`; the file is read no further than needed. */
function find(most) {
  const file = openSync(`${name}.jsonl`, 'r');
  const block = Buffer.alloc(1 << 20);
  const found = [];
  let rest = Buffer.alloc(0);
  let position = startOffset();
  for (;;) {
    const size = readSync(file, block, 0, block.length, position);
    position += size;
    const bytes = Buffer.concat([rest, block.subarray(0, size)]);
    const end = size === 0 ? bytes.length : bytes.lastIndexOf(10) + 1;
    for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
      if (line === '') continue;
      const event = JSON.parse(line);
      if (wanted(event)) found.push(event);
      if (found.length >= most) break;
    }
    if (size === 0 || found.length >= most) break;
    rest = bytes.subarray(end);
  }
  closeSync(file);
  return found;
}

const newestFirst = command.includes('/rd:true');
const found = find(newestFirst ? Number.POSITIVE_INFINITY : limit);
if (newestFirst) found.reverse();
const bytes = Buffer.from(
  found
    .slice(0, limit)
    .map((event) => `${event.xml}\r\n`)
    .join(''),
  'utf16le',
);
const hangAfter = readFileSync('hang-after', 'utf8').trim();
if (hangAfter === '' || Number(hangAfter) >= bytes.length) process.stdout.write(bytes);
else {
  process.stdout.write(bytes.subarray(0, Number(hangAfter)));
  setInterval(() => {}, 1000);
}
