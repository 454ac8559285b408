const WORD = /0x[0-9a-f]+|[\p{L}\p{N}]+/giu;
/** NTSTATUS codes of errors without their 0x, and as the numbers that some tools print. */
const BARE_STATUS = /^c0[0-9a-f]{6}$/;
const SMALLEST_STATUS = 0xc0000000;
const LARGEST_STATUS = 0xc0ffffff;
/** A longer word is none. */
const LONGEST = 60;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** One notation for a code, however it is written: `0xC0000234`, `C0000234`, `3221226036`, `-1073741260`. */
function oneNotation(word: string, negative: boolean): string {
  if (word.startsWith('0x') && word.length <= 18) return `0x${word.slice(2).replace(/^0+(?=.)/, '')}`;
  if (BARE_STATUS.test(word)) return `0x${word}`;
  if (/^\d{9,10}$/.test(word)) {
    const value = negative ? 0x1_0000_0000 - Number(word) : Number(word);
    if (value >= SMALLEST_STATUS && value <= LARGEST_STATUS) return hex(value);
  }
  return word.slice(0, LONGEST);
}

export interface Token {
  /** As it is indexed. */
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text with their places. Case, accents of notation and the way a code is written do not matter. */
export function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const start = match.index;
    const negative = text[start - 1] === '-' && !/[\p{L}\p{N}]/u.test(text[start - 2] ?? ' ');
    yield { term: oneNotation(word.toLowerCase(), negative), start, end: start + word.length };
  }
}

export const termsOf = (text: string): string[] => [...tokensOf(text)].map(({ term }) => term);

/** Words that a sentence is full of and that find nothing. */
const FILLER = new Set(
  `a an and are as at be because been but by can cannot did do does for from had has have how i if in into is it its me my
  no not of on or our so that the their them then there these they this to too us was we were what when where which
  who why will with would you your`.split(/\s+/),
);

export const isFiller = (term: string): boolean => FILLER.has(term);
