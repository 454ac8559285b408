import { describe, expect, it } from 'vitest';
import { codePlace, eventPlace, parseRunbookLink, runbookAnchor } from './runbook';

describe('places in the runbook', () => {
  it.each([
    ['What to do first', 'what-to-do-first'],
    ['0xC0000234', '0xc0000234'],
    ['4740: an account was locked', '4740-an-account-was-locked'],
    ['“Locked” — why?', 'locked-why'],
    ['Über alles', 'über-alles'],
  ])('an anchor is made of words: %s', (text, anchor) => {
    expect(runbookAnchor(text)).toBe(anchor);
  });

  it('names the rows of events and codes', () => {
    expect(eventPlace(4740)).toEqual({ pageId: 'events', anchor: '4740' });
    expect(codePlace(0xc0000234).anchor).toBe('0xc0000234');
    expect(codePlace(0x18).anchor).toBe('0x18');
  });

  it.each([
    ['app:fleet', { kind: 'app', target: 'fleet' }],
    ['events', { kind: 'page', pageId: 'events', anchor: null }],
    ['events#4740', { kind: 'page', pageId: 'events', anchor: '4740' }],
    ['#here', { kind: 'here', anchor: 'here' }],
  ])('%s leads somewhere', (href, link) => {
    expect(parseRunbookLink(href)).toEqual(link);
  });

  it.each([
    '',
    '#',
    'app:',
    'app:nothing',
    'app:toString',
    'no-page',
    'events#',
    'events#a#b',
    'https://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('%s leads nowhere', (href) => {
    expect(parseRunbookLink(href)).toBeNull();
  });
});
