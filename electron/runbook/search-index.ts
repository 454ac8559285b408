import MiniSearch from 'minisearch';
import type { RunbookPageId } from '../../shared/runbook';
import type { RunbookHit } from '../../shared/runbook-contract';
import { excerptOf } from './excerpt';
import { type PagePart, partsOf } from './page-parts';
import type { PageText } from './page-text';
import { isFiller, termsOf } from './tokens';

interface Part extends PagePart {
  readonly id: number;
  readonly pageId: RunbookPageId;
  readonly title: string;
  readonly keywords: string;
  readonly symptoms: string;
}

const FIELDS = ['title', 'keywords', 'symptoms', 'name', 'heading', 'context', 'text'] as const;
const BOOST = { title: 4, keywords: 5, symptoms: 4, name: 12, heading: 3, context: 1, text: 1 };

/** Parts indexed between two turns of the event loop. */
const SLICE = 40;
/** A search is decided by its rarest words; more would only cost time. */
const TERMS_AT_MOST = 16;
/** Misspelt words are looked for among all; a text full of them is no search. */
const FUZZY_AT_MOST = 4;
const HITS_AT_MOST = 30;
const HITS_A_PAGE = 3;
/** So many of the best are looked at for the very words in their order. */
const LOOKED_AT_FOR_PHRASE = 60;
const PHRASE_BOOST = 4;

export interface SearchIndex {
  search(text: string): RunbookHit[];
}

/**
 * Indexes the pages, a slice at a time, so that nothing else waits for long. A search takes at most 10 ms, whatever is
 * searched for: it rests on the rarest known words, and only a few unknown ones are completed or corrected.
 */
export async function buildSearchIndex(pages: readonly PageText[]): Promise<SearchIndex> {
  const parts: Part[] = [];
  for (const page of pages) {
    // The last part names the sources, which nobody looks for.
    for (const [at, part] of partsOf(page).slice(0, -1).entries()) {
      const top = at === 0;
      parts.push({
        ...part,
        id: parts.length,
        pageId: page.head.id,
        title: page.head.title,
        keywords: top ? page.head.keywords.join(' ') : '',
        symptoms: top ? page.head.symptoms.join(' · ') : '',
        text: top ? `${page.head.summary} ${part.text}` : part.text,
      });
    }
  }
  /** In how many fields of all parts a term stands. */
  const frequency = new Map<string, number>();
  const index = new MiniSearch<Part>({
    fields: [...FIELDS],
    extractField: (part, field) => {
      // The title belongs to the top of the page; on every part of it, it would lift them all alike.
      if (field === 'title') return part.anchor === null ? part.title : '';
      // A row is found by its number or code above all, and by what that is one of: "logon type 10".
      const numbered = /\d/.test(part.name);
      if (field === 'name') return numbered ? part.name : '';
      if (field === 'context') return numbered ? `${part.kind} ${part.title}` : '';
      if (field === 'heading' && part.name !== '') return '';
      return String(part[field as keyof Part] ?? '');
    },
    tokenize(text) {
      const terms = termsOf(text);
      for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
      return terms;
    },
    processTerm: (term) => term,
  });
  await index.addAllAsync(parts, { chunkSize: SLICE });
  const phrases = parts.map(({ title, keywords, symptoms, heading, text }) =>
    asPhrase(`${title} | ${keywords} | ${symptoms} | ${heading ?? ''} | ${text}`),
  );

  /** How much it says that a part has a term: a rare one more than a common one, a code more than a word. */
  const weight = (term: string): number => (/\d/.test(term) ? 2 : 1) / Math.sqrt(frequency.get(term) ?? 1);

  return {
    search(text) {
      const typed = [...new Set(termsOf(text))];
      const meant = typed.filter((term) => !isFiller(term));
      const terms = chosen(meant.length > 0 ? meant : typed, frequency);
      if (terms.length === 0) return [];
      const unknown = terms.filter((term) => !frequency.has(term));
      const loose = new Set(unknown.length <= FUZZY_AT_MOST ? unknown : []);
      const last = terms.length <= FUZZY_AT_MOST ? typed.at(-1) : undefined;
      const found = index.search(terms.join(' '), {
        tokenize: (joined) => joined.split(' '),
        boost: BOOST,
        // A word that is there as it is needs no completing but the last, which may still be being typed.
        prefix: (term) => term.length >= 2 && (loose.has(term) || term === last),
        fuzzy: (term) => loose.has(term) && term.length >= 4 && !/\d/.test(term) && 0.2,
        weights: { prefix: 0.3, fuzzy: 0.15 },
      });
      const phrase = typed.length > 1 && typed.length <= TERMS_AT_MOST * 4 ? asPhrase(text) : null;
      const whole = sum(terms.map(weight));
      const ranked = found.map(({ id, score, queryTerms, terms: matched }, at) => {
        const share = sum(queryTerms.map(weight)) / whole;
        const said = phrase !== null && at < LOOKED_AT_FOR_PHRASE && phrases[id]?.includes(phrase) === true;
        return { id: id as number, matched, score: score * share ** 2 * (said ? PHRASE_BOOST : 1) };
      });
      return fewOfEach(ranked.sort((a, b) => b.score - a.score)).flatMap(({ id, matched }) => {
        const part = parts[id];
        return part ? [hitOf(part, new Set(matched))] : [];
      });
    },
  };

  function fewOfEach<T extends { readonly id: number }>(ranked: readonly T[]): T[] {
    const taken = new Map<string, number>();
    const kept: T[] = [];
    for (const hit of ranked) {
      const page = parts[hit.id]?.pageId ?? '';
      const count = taken.get(page) ?? 0;
      if (count >= HITS_A_PAGE) continue;
      taken.set(page, count + 1);
      kept.push(hit);
      if (kept.length === HITS_AT_MOST) break;
    }
    return kept;
  }
}

/** The rarest words first, unknown ones last: of a long text these say what it is about. */
function chosen(terms: readonly string[], frequency: ReadonlyMap<string, number>): string[] {
  if (terms.length <= TERMS_AT_MOST) return [...terms];
  const known = terms.filter((term) => frequency.has(term));
  known.sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0));
  return known.length > 0 ? known.slice(0, TERMS_AT_MOST) : terms.slice(0, TERMS_AT_MOST);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const asPhrase = (text: string): string => ` ${termsOf(text).join(' ')} `;

function hitOf(part: Part, terms: ReadonlySet<string>): RunbookHit {
  const { anchor, heading, pageId, symptoms, text, title } = part;
  // Where a symptom says more of it than the text does, the symptom is what the admin recognises.
  const [inText, inSymptoms] = [excerptOf(text, terms), excerptOf(symptoms, terms)];
  const excerpt = marks(inSymptoms) > marks(inText) ? inSymptoms : inText;
  return { pageId, anchor, title, heading, excerpt };
}

const marks = (excerpt: RunbookHit['excerpt']): number => excerpt.filter(({ hit }) => hit).length;
