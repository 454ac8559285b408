// Prints stored events as `wevtutil qe /f:xml /uni:true` would: node print-events.mjs CHANNEL-FILE COMMAND-LINE
import { readFileSync } from 'node:fs';

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
const text = readFileSync(`${name}.jsonl`, 'utf8');
const events = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
const found = events.filter(wanted);
if (command.includes('/rd:true')) found.reverse();
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
