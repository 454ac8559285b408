import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filetimeFromMs } from '../../../shared/time';
import { EventXmlReader, readEvents } from './reader';
import { evtxexportEvent, failedLogonData, wevtutilEvent } from './testing/make-event';
import { everyNth, readAll, utf8, utf16be, utf16le } from './testing/read-all';

const ids = (records: readonly { recordId: number }[]): number[] => records.map((record) => record.recordId);
const one = (recordId: number): string => wevtutilEvent({ recordId });
const withData = (inner: string): string => one(1).replace(/<EventData>.*<\/EventData>/, inner);

describe('EventXmlReader, forms', () => {
  it('reads a record with every field', () => {
    const { records, reader } = readAll(utf8(one(229_977)));
    expect(records).toEqual([
      {
        computer: 'WIN-TEST',
        channel: 'Security',
        provider: 'Microsoft-Windows-Security-Auditing',
        recordId: 229_977,
        eventId: 4625,
        time: filetimeFromMs(Date.UTC(2025, 2, 4, 5, 6, 7)) + 1_234_567n,
        keywords: 0x8010000000000000n,
        task: 12_544,
        data: failedLogonData,
      },
    ]);
    expect(reader.broken).toEqual({ count: 0, samples: [] });
    expect(reader.events).toBe(1);
  });

  const text = `${one(1)}\r\n${one(2)}\r\n${evtxexportEvent({ recordId: 3 })}`;
  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`)],
    ['UTF-16LE', utf16le(text)],
    ['UTF-16LE with a mark', utf16le(`\ufeff${text}`)],
    ['UTF-16BE with a mark', utf16be(`\ufeff${text}`)],
  ])('reads %s', (_, bytes) => {
    expect(ids(readAll(bytes).records)).toEqual([1, 2, 3]);
    expect(ids(readAll(bytes, everyNth(bytes.length, 17)).records)).toEqual([1, 2, 3]);
  });

  it.each([
    [
      'a declaration and a root',
      `<?xml version="1.0" encoding="utf-8"?>\n<Events>${one(1)}${one(2)}</Events>`,
    ],
    ['a banner line', `evtxexport 20181227\n\n${one(1)}${one(2)}`],
    ['comments between', `<!-- first --> ${one(1)} <!-- ${one(99)} --> ${one(2)}<!---->`],
    [
      'control characters',
      `\u0000\u0007${one(1).replace('WIN-TEST', 'WIN\u0000-\u001fTEST')}\u0000${one(2)}`,
    ],
    ['a space before the last bracket', `${one(1).replace('</Event>', '</Event \n>')}${one(2)}`],
  ])('reads past %s', (_, text) => {
    const { records, reader } = readAll(utf8(text));
    expect(ids(records)).toEqual([1, 2]);
    expect(records[0]?.computer).toBe('WIN-TEST');
    expect(reader.broken.count).toBe(0);
  });

  it('reads entities, CDATA, comments and unnamed values', () => {
    const [record] = readAll(
      utf8(
        withData(
          "<EventData><Data>a &lt;Event&gt; &amp; &#x416;&#1078;&#0;</Data><Data Name='C'>x<![CDATA[</Event><&>]]>y</Data>" +
            "<!-- </Event> --><Data Name='E'/><Data>b</Data><Binary>00</Binary></EventData>",
        ),
      ),
    ).records;
    expect(record?.data).toEqual({ '#0': 'a <Event> & Жж', C: 'x</Event><&>y', E: '', '#1': 'b' });
  });

  it("reads UserData's leaves by their local names, in another namespace", () => {
    const [record] = readAll(
      utf8(
        withData(
          "<UserData><LogFileCleared xmlns='http://manifests.microsoft.com/win/2004/08/windows/eventlog'>" +
            '<SubjectUserName>root</SubjectUserName><x:Channel xmlns:x="urn:x">Security</x:Channel></LogFileCleared></UserData>',
        ),
      ),
    ).records;
    expect(record?.data).toEqual({ SubjectUserName: 'root', Channel: 'Security' });
    expect(record?.channel).toBe('Security');
  });

  it('ignores what RenderingInfo says', () => {
    const rendering =
      "<RenderingInfo Culture='de-DE'><Message>An account&#10;failed</Message><Channel>Sicherheit</Channel><Task>Anmelden</Task></RenderingInfo>";
    const [record] = readAll(utf8(one(5).replace('</Event>', `${rendering}</Event>`))).records;
    expect(record).toMatchObject({ channel: 'Security', task: 12_544, data: failedLogonData });
  });

  it.each([0, 1, 3, 7, 9])('takes %i fractional digits', (digits) => {
    const fraction = digits === 0 ? '' : `.${'123456789'.slice(0, digits)}`;
    const text = wevtutilEvent({ recordId: 1, time: `2025-03-04T05:06:07${fraction}Z` });
    const ticks = BigInt('123456700'.slice(0, Math.min(7, digits)).padEnd(7, '0'));
    expect(readAll(utf8(text)).records[0]?.time).toBe(filetimeFromMs(Date.UTC(2025, 2, 4, 5, 6, 7)) + ticks);
  });

  it('keeps a field with a dangerous name as a field', () => {
    const [named] = readAll(utf8(withData("<EventData><Data Name='__proto__'>x</Data></EventData>"))).records;
    expect(Object.entries(named?.data ?? {})).toEqual([['__proto__', 'x']]);
  });

  it('reads an async source', async () => {
    const found: number[] = [];
    for await (const batch of readEvents([utf8(one(1).slice(0, 50)), utf8(`${one(1).slice(50)}${one(2)}`)])) {
      found.push(...ids(batch));
    }
    expect(found).toEqual([1, 2]);
  });
});

describe('EventXmlReader, bad input', () => {
  it('counts a cut-off record and reads the next', () => {
    const { records, reader } = readAll(utf8(`${one(1).slice(0, 400)}${one(2)}${one(3).slice(0, -3)}`));
    expect(ids(records)).toEqual([2]);
    expect(reader.broken.count).toBe(2);
    expect(reader.broken.samples.map((sample) => sample.reason)).toEqual([
      'cut off by the next record',
      'cut off by the end of the input',
    ]);
  });

  it.each([
    ['EventRecordID', one(2).replace(/<EventRecordID>.*<\/EventRecordID>/, '')],
    ['EventRecordID', one(2).replace('<EventRecordID>2', '<EventRecordID>two')],
    ['TimeCreated', one(2).replace("SystemTime='", "SystemTime='x")],
    ['EventID', one(2).replace('<EventID>4625', '<EventID>')],
    ['Channel', one(2).replace('Channel>Security', 'Channel>')],
    ['Computer', one(2).replace('<Computer>WIN-TEST</Computer>', '')],
    ['Keywords', one(2).replace('0x8010000000000000', 'Audit Failure')],
  ])('says that %s is what is wrong', (field, bad) => {
    const { records, reader } = readAll(utf8(one(1) + bad + one(3)));
    expect(ids(records)).toEqual([1, 3]);
    expect(reader.broken.count).toBe(1);
    expect(reader.broken.samples[0]?.reason).toContain(field);
    expect(reader.broken.samples[0]?.excerpt.startsWith('<Event')).toBe(true);
  });

  it('survives half a UTF-16 pair within a record', () => {
    const text = `${wevtutilEvent({ recordId: 1, data: { A: 'x\ud835y' } })}${one(2)}`;
    const { records } = readAll(utf16le(text), [801]);
    expect(ids(records)).toEqual([1, 2]);
    expect(records[0]?.data['A']).toBe('x\ufffdy');
  });

  it('loses nothing behind a CDATA section or comment that never closes', () => {
    for (const garbage of [
      '<Event><![CDATA[',
      `${one(9).slice(0, 300)}<!-- `,
      '<!--',
      '<!-- a',
      '<![CDATA[',
    ]) {
      const { records } = readAll(utf8(`${one(1)}${garbage}${one(2)}${one(3)}`));
      expect(ids(records)).toEqual([1, 2, 3]);
    }
  });

  it('skips a 10 MB event, keeps an excerpt and reads on', () => {
    const giant = wevtutilEvent({ recordId: 2, data: { Blob: 'x'.repeat(10_000_000) } });
    const bytes = utf16le(`${one(1)}${giant}${one(3)}`);
    for (const step of [65_536, bytes.length]) {
      const { records, reader } = readAll(bytes, everyNth(bytes.length, step));
      expect(ids(records)).toEqual([1, 3]);
      expect(reader.broken.count).toBe(1);
      expect(reader.broken.samples[0]?.excerpt).toHaveLength(2000);
    }
  });

  it('bounds the samples, not the count', () => {
    const { reader } = readAll(utf8('<Event></Event>'.repeat(100)));
    expect(reader.broken.count).toBe(100);
    expect(reader.broken.samples).toHaveLength(20);
  });

  it.each([
    ['starts', '<Event '],
    ['sections', '<Event><![CDATA['],
    ['sections that close at last', '<Event><![CDATA[', ']]></x></Event>'],
    ['comments', '<Event><!--'],
    ['brackets', '<'],
  ])('takes time in proportion to the size of a stream of %s', (_, unit, last = '') => {
    const size = 600_000;
    const bytes = utf8(unit.repeat(size / unit.length) + last + one(7));
    const { records } = readAll(bytes, everyNth(bytes.length, 4096));
    expect(ids(records)).toEqual([7]);
  });
});

describe('EventXmlReader, properties', () => {
  const record = fc.record({
    recordId: fc.integer({ min: 1, max: 1_000_000 }),
    form: fc.constantFrom(wevtutilEvent, evtxexportEvent),
    user: fc.string({ unit: 'grapheme', maxLength: 12 }),
  });
  const toText = (item: { recordId: number; form: typeof wevtutilEvent; user: string }): string =>
    item.form({ recordId: item.recordId, data: { ...failedLogonData, TargetUserName: item.user } });
  const garbage = (closing: string[]): fc.Arbitrary<string> =>
    fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '<Event',
            '<Event ',
            '<Event>',
            '</Event>',
            '<',
            '>',
            '<Events>',
            '<System>',
            '&',
            "'",
            ...closing,
          ),
          fc.nat({ max: 900 }).map((length) => one(5).slice(0, length)),
          fc.string({ maxLength: 10 }),
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.join(''));
  const cuts = fc.array(fc.nat({ max: 12_000 }), { maxLength: 30 });

  it('any cut of any input gives the same records and the same broken ones', () => {
    const part = fc.oneof(record.map(toText), garbage(['<!--', '-->', '<![CDATA[', ']]>', '--']));
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.boolean(),
        cuts,
        fc.integer({ min: 200, max: 4000 }),
        (parts, wide, at, maxEventChars) => {
          const bytes = wide ? utf16le(parts.join('')) : utf8(parts.join(''));
          const whole = readAll(bytes, [], { maxEventChars });
          const cut = readAll(
            bytes,
            at.filter((position) => position < bytes.length),
            { maxEventChars },
          );
          expect(cut.records).toEqual(whole.records);
          expect(cut.reader.broken).toEqual(whole.reader.broken);
        },
      ),
      { numRuns: 300 },
    );
  });

  /** A section that is opened and closed hides what is inside, as XML wants it: `<!-->` closes one that stands open. */
  const closesSection = (text: string): boolean => text.includes('-->') || text.includes(']]>');

  it.each([
    { does: 'opens', marks: ['<!--', '<![CDATA['], isMeant: (text: string) => !closesSection(text) },
    {
      does: 'closes',
      marks: ['-->', ']]>', '--'],
      isMeant: (text: string) => !/<!--|<!\[CDATA\[/.test(text),
    },
  ])('garbage between records that $does sections loses none of the good ones', ({ marks, isMeant }) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(record, garbage(marks).filter(isMeant)), { minLength: 1, maxLength: 6 }),
        cuts,
        (parts, at) => {
          const text = parts.map(([item, between]) => toText(item) + between).join('');
          const bytes = utf8(text);
          const { records } = readAll(
            bytes,
            at.filter((position) => position < bytes.length),
          );
          const expected = parts.map(([item]) => item.recordId);
          let next = 0;
          for (const found of ids(records)) if (found === expected[next]) next++;
          expect(next).toBe(expected.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('', '\ufeff', '<Event ', one(1)),
        cuts,
        (bytes, head, at) => {
          const all = Buffer.concat([utf16le(head), bytes]);
          const reader = new EventXmlReader({ maxEventChars: 300 });
          let from = 0;
          for (const cut of [...at, all.length].sort((a, b) => a - b)) {
            reader.push(all.subarray(from, cut));
            from = cut;
          }
          reader.end();
          expect(reader.bytes).toBeLessThanOrEqual(all.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
