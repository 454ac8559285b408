import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './decode';
import { Interner } from './intern';
import { scanEvent } from './scan';
import { parseEventStrictly } from './strict';
import { damaged } from './testing/damage';
import { evtxexportEvent, wevtutilEvent } from './testing/make-event';

const interner = new Interner();
const base = wevtutilEvent({ recordId: 7 });
const pretty = evtxexportEvent({ recordId: 7 }).trim().replaceAll('\n', '\r\n');

describe('scanEvent', () => {
  it('reads the usual forms itself', () => {
    for (const text of [base, pretty]) {
      const raw = scanEvent(text, interner);
      expect(raw).toBeDefined();
      expect(raw).toEqual(parseEventStrictly(text, interner));
      expect(raw?.data['LogonProcessName']).toBe('NtLmSsp ');
    }
  });

  it('leaves everything else to the library', () => {
    const others = [
      base.replace('<EventData>', '<EventData><![CDATA[x]]>'),
      base.replace('<System>', '<System><!-- x -->'),
      base.replace('NtLmSsp ', 'a]]>b'),
      base.replace('NtLmSsp ', '&nbsp;'),
      base.replace("Guid='", "Name='"),
      base.replace("ThreadID='", "ProcessID='"),
      base.replace('</EventData>', "</EventData><RenderingInfo Culture='en-US'></RenderingInfo>"),
      base.replace('<Security/>', '<Event />'),
      base.replace('</System>', ''),
      base.replace('xmlns=', 'xmlns:e='),
      base.replace('2004/08/events', 'other'),
    ];
    for (const text of others) expect(scanEvent(text, interner)).toBeUndefined();
  });

  it('whatever it accepts, the library accepts too, and reads the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(damaged([base, pretty]), (changed) => {
        const quick = scanEvent(changed, interner);
        if (quick === undefined) return;
        accepted++;
        expect(quick).toEqual(parseEventStrictly(changed, interner));
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('agrees with the library on any values', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => cleanText(text));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Za-z_]{1,12}$/), value), (data) => {
        const text = wevtutilEvent({ recordId: 1, data });
        const quick = scanEvent(text, interner);
        expect(quick).toBeDefined();
        expect(quick).toEqual(parseEventStrictly(text, interner));
      }),
    );
  });
});
