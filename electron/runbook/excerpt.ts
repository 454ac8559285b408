import type { RunbookHit } from '../../shared/runbook-contract';
import { tokensOf } from './tokens';

const BEFORE = 60;
const LENGTH = 220;
/** Looking further into one part would cost more than it finds. */
const LOOKED_AT = 20_000;

/** The stretch of a text around the first of the terms, with every one of them marked. */
export function excerptOf(whole: string, terms: ReadonlySet<string>): RunbookHit['excerpt'] {
  const text = whole.slice(0, LOOKED_AT);
  const hits: { start: number; end: number }[] = [];
  let from = 0;
  for (const { term, start, end } of tokensOf(text)) {
    const first = hits.length === 0;
    if (!first && end > from + LENGTH) break;
    if (!terms.has(term)) continue;
    if (first) from = start <= BEFORE ? 0 : wordStart(text, start - BEFORE);
    hits.push({ start, end });
  }
  const to = text.length <= from + LENGTH ? text.length : wordEnd(text, from + LENGTH);
  const pieces: { text: string; hit: boolean }[] = [];
  const add = (piece: string, hit: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, hit });
  };
  let at = from;
  if (from > 0) add('… ', false);
  for (const { start, end } of hits) {
    if (end > to) break;
    add(text.slice(at, start), false);
    add(text.slice(start, end), true);
    at = end;
  }
  add(text.slice(at, to), false);
  if (to < text.length) add(' …', false);
  return pieces;
}

const wordStart = (text: string, at: number): number => {
  const space = text.indexOf(' ', at);
  return space === -1 ? at : space + 1;
};

const wordEnd = (text: string, at: number): number => {
  const space = text.lastIndexOf(' ', at);
  return space <= 0 ? at : space;
};
