import { describe, expect, it } from 'vitest';
import type { StoredEvent } from './event-log';
import { compileQuery, InvalidQuery } from './xpath';

const NOW = 134_000_000_000_000_000n;
const event = (fields: Partial<StoredEvent> = {}): StoredEvent => ({
  recordId: 1000,
  eventId: 4625,
  time: NOW - 60_000n * 10_000n,
  provider: 'Microsoft-Windows-Security-Auditing',
  level: 0,
  task: 12544,
  keywords: 0x8010000000000000n,
  channel: 'Security',
  computer: 'LAB-WEB-01',
  data: { TargetUserName: 'alice' },
  xml: '',
  ...fields,
});

describe('the XPath subset of the event log', () => {
  it.each([
    ['*', true],
    ['*[System[EventID=4625]]', true],
    ['*[System[EventID!=4625]]', false],
    ['*[System[(EventID=4740 or EventID=4625) and EventRecordID>999]]', true],
    ['*[System[(EventID=4740 or EventID=4625) and EventRecordID>1000]]', false],
    ['*[System[EventID=4740 or EventID=4625 and EventRecordID>1000]]', false],
    ['*[System[EventID=4625 or EventID=4740 and EventRecordID>1000]]', true],
    ['*[System[(EventID>=4624 and EventID<=4626)]]', true],
    ['*[System[EventRecordID >= 1000 and EventRecordID < 1001]]', true],
    ['*[System[TimeCreated[timediff(@SystemTime) <= 60000]]]', true],
    ['*[System[TimeCreated[timediff(@SystemTime) <= 59999]]]', false],
    ["*[System[TimeCreated[@SystemTime>='2020-01-01T00:00:00.000Z']]]", true],
    ["*[System[TimeCreated[@SystemTime<'2020-01-01T00:00:00.000Z']]]", false],
    ["*[System[Provider[@Name='Microsoft-Windows-Security-Auditing'] and (Level=0)]]", true],
    ['*[System[band(Keywords,0x10000000000000)]]', true],
    ['*[System[band(Keywords,0x20000000000000)]]', false],
    ["*[EventData[Data[@Name='TargetUserName']='alice']]", true],
    ['*[EventData[Data[@Name="TargetUserName"]="bob"]]', false],
    ["*[System[EventID=4625]][EventData[Data[@Name='TargetUserName']='alice']]", true],
    ["*[System[EventID=4625] and EventData[Data[@Name='TargetUserName']='bob']]", false],
    ['*[System/EventID=4625]', true],
  ])('%s: %s', (query, matches) => {
    expect(compileQuery(query)(event(), NOW)).toBe(matches);
  });

  it.each([
    '',
    'EventID=4625',
    '*[System[EventID=4625]',
    '*[System[EventID=]]',
    '*[System[Nonsense=1]]',
    '*[System[EventID=4625]]]',
    '*[System[EventID=4625 and]]',
    "*[System[Provider[@Name='unclosed]]]",
    '*[System[EventID ~ 5]]',
    `*[System[${Array.from({ length: 21 }, (_, i) => `EventID=${i}`).join(' or ')}]]`,
  ])('calls %j invalid', (query) => {
    expect(() => compileQuery(query)).toThrow(InvalidQuery);
  });

  it('takes twenty expressions', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `EventID=${4606 + i}`).join(' or ');
    expect(compileQuery(`*[System[${ids}]]`)(event(), NOW)).toBe(true);
  });
});
