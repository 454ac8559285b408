/**
 * How many failed-logon records a second each way of reading event XML reaches: `npx tsx bench/events.ts [--libraries]`.
 * Prints one JSON line a figure. The records are in the form that `wevtutil qe /f:xml /uni:true` prints.
 */
import { Parser } from 'htmlparser2';
import { SaxesParser } from 'saxes';
import { EventXmlReader } from '../electron/sources/events/reader';
import { failedLogonData, wevtutilEvent } from '../electron/sources/events/testing/make-event';
import { atLeast, measured } from './lib/figure';

const COUNT = 100_000;
const CHUNK = 32_768;
const TARGET = 40_000;

const records = Array.from({ length: COUNT }, (_, index) =>
  wevtutilEvent({
    recordId: 1_000_000 + index,
    data: { ...failedLogonData, TargetUserName: `user${index % 500}`, IpAddress: `203.0.113.${index % 250}` },
  }),
);

function measure(name: string, run: () => number, target?: number): void {
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const started = process.hrtime.bigint();
    const events = run();
    if (events !== COUNT) throw new Error(`${name} read ${events} of ${COUNT}`);
    best = Math.max(best, events / (Number(process.hrtime.bigint() - started) / 1e9));
  }
  const how = `${COUNT} failed logons, best of 3`;
  const figure = target
    ? atLeast(name, best, 'events/s', target, how)
    : measured(name, best, 'events/s', how);
  console.log(JSON.stringify(figure));
}

function stream(bytes: Uint8Array): number {
  const reader = new EventXmlReader();
  let events = 0;
  for (let at = 0; at < bytes.length; at += CHUNK)
    events += reader.push(bytes.subarray(at, at + CHUNK)).length;
  return events + reader.end().length;
}

/** The least any user of the library does: one object of fields per record, from text already cut into records. */
function libraries(): void {
  measure('parse.saxes', () => {
    let events = 0;
    for (const record of records) {
      const fields = new Map<string, string>();
      const parser = new SaxesParser({ xmlns: true });
      let name = '';
      let text = '';
      parser.on('opentag', (tag) => {
        name = tag.attributes['Name']?.value ?? tag.local;
        text = '';
      });
      parser.on('text', (part) => {
        text += part;
      });
      parser.on('closetag', () => fields.set(name, text));
      parser.write(record).close();
      if (fields.get('EventID') === '4625') events++;
    }
    return events;
  });
  measure('parse.htmlparser2', () => {
    let events = 0;
    for (const record of records) {
      const fields = new Map<string, string>();
      let name = '';
      let text = '';
      const parser = new Parser(
        {
          onopentag(tag, attributes) {
            name = attributes['Name'] ?? tag;
            text = '';
          },
          ontext(part) {
            text += part;
          },
          onclosetag() {
            fields.set(name, text);
          },
        },
        { xmlMode: true },
      );
      parser.end(record);
      if (fields.get('EventID') === '4625') events++;
    }
    return events;
  });
}

const all = records.join('\r\n');
const wide = Buffer.from(all, 'utf16le');
const narrow = Buffer.from(all, 'utf8');
measure('parse.reader.utf16le', () => stream(wide), TARGET);
measure('parse.reader.utf8', () => stream(narrow), TARGET);
if (process.argv.includes('--libraries')) libraries();
