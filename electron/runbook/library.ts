import { type RunbookPageId, runbookPageIds } from '../../shared/runbook';
import type { RunbookEntry, RunbookHit, RunbookPage } from '../../shared/runbook-contract';
import { type PageText, parsePage } from './page-text';
import type { SearchIndex } from './search-index';

export interface LibraryOptions {
  /** The text of a file under the runbook's folder, as `en/events.md`; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>;
  /** Languages by preference, as `de`; English is always the last. */
  readonly languages: () => readonly string[];
}

/** The runbook, read and indexed when it is first asked for and not before. Rejects when its files are not there. */
export interface RunbookLibrary {
  contents(): Promise<RunbookEntry[]>;
  page(id: RunbookPageId): Promise<RunbookPage>;
  search(text: string): Promise<RunbookHit[]>;
}

interface LoadedPage {
  readonly language: string;
  readonly text: PageText;
}
type Pages = ReadonlyMap<RunbookPageId, LoadedPage>;

const ENGLISH = 'en';

export function createRunbookLibrary({ readText, languages }: LibraryOptions): RunbookLibrary {
  const loading = new Map<string, Promise<Pages>>();
  const building = new Map<string, Promise<SearchIndex>>();

  /** What a failure left is not kept: the next question tries again. */
  function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
    const known = kept.get(key);
    if (known) return known;
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  }
  const preferred = (): readonly string[] => [...new Set([...languages(), ENGLISH])];
  const pages = (order: readonly string[]): Promise<Pages> =>
    once(loading, order.join(), async () => {
      const loaded = await Promise.all(runbookPageIds.map((id) => loadPage(readText, id, order)));
      return new Map(loaded.map((page) => [page.text.head.id, page]));
    });
  const index = (order: readonly string[]): Promise<SearchIndex> =>
    once(building, order.join(), async () => {
      const [{ buildSearchIndex }, all] = await Promise.all([import('./search-index'), pages(order)]);
      return buildSearchIndex([...all.values()].map(({ text }) => text));
    });

  return {
    async contents() {
      return [...(await pages(preferred())).values()].map(({ text }) => entryOf(text));
    },
    async page(id) {
      const page = (await pages(preferred())).get(id);
      if (!page) throw new Error(`the runbook lacks the page ${id}`);
      const { language, text } = page;
      return {
        ...entryOf(text),
        language,
        markdown: text.markdown,
        rowAnchors: text.head.anchors === 'rows',
      };
    },
    async search(text) {
      return (await index(preferred())).search(text);
    },
  };
}

const entryOf = ({ head: { id, section, summary, title } }: PageText): RunbookEntry => ({
  id,
  section,
  summary,
  title,
});

/** The page in the first language that has it. */
async function loadPage(
  readText: LibraryOptions['readText'],
  id: RunbookPageId,
  order: readonly string[],
): Promise<LoadedPage> {
  let failure: unknown;
  for (const language of order) {
    try {
      return { language, text: parsePage(await readText(`${language}/${id}.md`)) };
    } catch (cause) {
      failure = cause;
    }
  }
  throw failure;
}
