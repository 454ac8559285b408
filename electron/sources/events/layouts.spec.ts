import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './decode';
import { Interner } from './intern';
import { Layouts } from './layouts';
import { parseEventStrictly } from './strict';
import { Template } from './template';
import { damaged } from './testing/damage';
import { evtxexportEvent, failedLogonData, wevtutilEvent } from './testing/make-event';

const interner = new Interner();
const forms = [wevtutilEvent, evtxexportEvent];
const learned = (): Layouts => {
  const layouts = new Layouts(interner);
  for (const form of forms) layouts.read(form({ recordId: 1 }).trim());
  layouts.read(wevtutilEvent({ recordId: 1, data: { '': 'unnamed' } }).replaceAll(" Name=''", ''));
  return layouts;
};

describe('Layouts', () => {
  it('reads the next record of a kind by its layout', () => {
    for (const form of forms) {
      const first = form({ recordId: 1 }).trim();
      const raw = new Layouts(interner).read(first);
      if (!raw) throw new Error('not read');
      const template = Template.of(first, raw);
      const data = { ...failedLogonData, TargetUserName: 'R&D <team>', IpAddress: '', LogonType: '10' };
      const next = form({ recordId: 2, computer: 'OTHER', time: '2025-01-01T00:00:00Z', data }).trim();
      const read = template?.read(next, interner);
      expect(read).toEqual(parseEventStrictly(next, interner));
      expect(read?.data).toEqual(data);
      expect(Object.keys(read?.data ?? {})).toEqual(Object.keys(data));
      expect(template?.read(form({ recordId: 3, eventId: 4624 }).trim(), interner)).toBeUndefined();
    }
  });

  it('takes no layout from records whose tags cannot be told from their values', () => {
    const texts = [
      wevtutilEvent({ recordId: 1 }).replace('NtLmSsp ', 'a > b'),
      wevtutilEvent({ recordId: 1 }).replace("ThreadID='712'", "ThreadID='>'"),
      wevtutilEvent({ recordId: 1 }).replace(/<Data Name='IpPort'>0<\/Data>/, "<Data Name='IpPort'/>"),
    ];
    for (const text of texts) {
      const raw = new Layouts(interner).read(text);
      if (!raw) throw new Error('not read');
      expect(Template.of(text, raw)).toBeUndefined();
    }
  });

  it('stops learning when no two records are alike, and still reads them', () => {
    const layouts = new Layouts(interner);
    for (let kind = 0; kind < 500; kind++) {
      const text = wevtutilEvent({ recordId: kind, data: { [`Field${kind}`]: 'x' } });
      expect(layouts.read(text)?.data).toEqual({ [`Field${kind}`]: 'x' });
    }
  });

  it('whatever it accepts, the library accepts too, and reads the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(damaged(forms.map((form) => form({ recordId: 99 }).trim())), (changed) => {
        const read = learned().read(changed);
        if (read === undefined) return;
        accepted++;
        expect(read).toEqual(parseEventStrictly(changed, interner));
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('agrees with the library on any values', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 30 }).map(cleanText);
    const data = fc.record(Object.fromEntries(Object.keys(failedLogonData).map((name) => [name, value])));
    const layouts = learned();
    fc.assert(
      fc.property(data, fc.constantFrom(...forms), (values, form) => {
        const text = form({ recordId: 5, data: values }).trim();
        expect(layouts.read(text)).toEqual(parseEventStrictly(text, interner));
      }),
    );
  });
});
