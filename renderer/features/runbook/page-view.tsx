import { Button } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons/svg/copy';
import {
  createContext,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { parseRunbookLink } from '../../../shared/runbook';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { destinationOf } from './fitting-page';
import { useRunbookHistory } from './history';
import { elementId, headingId, rowId, type TextNode } from './markdown-model';
import styles from './runbook.module.css';

interface PageContext {
  readonly pageId: string;
  readonly rowAnchors: boolean;
}
const Page = createContext<PageContext>({ pageId: '', rowAnchors: false });

type Part = ExtraProps & { readonly children?: ReactNode };
const asText = (node: ExtraProps['node']): TextNode | undefined => node as TextNode | undefined;

/** A link leads to a page, a place or a live part of the app. Whatever else it says stays words. */
function PageLink({ href, children }: Part & { readonly href?: string | undefined }): ReactElement {
  const { pageId } = useContext(Page);
  const go = useUi((state) => state.go);
  const from = useRunbookHistory((state) => state.from);
  const link = parseRunbookLink(href ?? '');
  if (link === null) return <span>{children}</span>;
  const to =
    link.kind === 'app'
      ? destinationOf(link.target, from)
      : {
          page: 'runbook' as const,
          pageId: link.kind === 'page' ? link.pageId : pageId,
          ...(link.anchor === null ? {} : { anchor: link.anchor }),
        };
  if (to === null) return <span>{children}</span>;
  const follow = (event: MouseEvent): void => {
    event.preventDefault();
    go(to);
  };
  return (
    <a href={`#${href}`} className={styles.link} onClick={follow}>
      {children}
    </a>
  );
}

/** Code with a button that copies it. The clipboard's own interface wants a permission that this window lacks. */
function CodeBlock({ children }: Part): ReactElement {
  const { t } = useLanguage();
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    const selection = window.getSelection();
    if (code.current === null || selection === null) return;
    selection.selectAllChildren(code.current);
    setCopied(document.execCommand('copy'));
    selection.removeAllRanges();
  };
  return (
    <div className={styles.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre ref={code} tabIndex={0}>
        {children}
      </pre>
      <Button
        size="small"
        className={styles.copy}
        icon={<Copy16Regular />}
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        <span aria-live="polite">{t(copied ? 'runbook.copied' : 'runbook.copy')}</span>
      </Button>
    </div>
  );
}

function Table({ children }: Part): ReactElement {
  const { t } = useLanguage();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.table} tabIndex={0} aria-label={t('runbook.table')}>
      <table>{children}</table>
    </section>
  );
}

function Row({ children, node }: Part): ReactElement {
  const { rowAnchors } = useContext(Page);
  return <tr id={rowAnchors ? rowId(asText(node)) : undefined}>{children}</tr>;
}

const components: Components = {
  a: PageLink,
  h2: ({ children, node }) => (
    <h2 id={headingId(asText(node))} tabIndex={-1}>
      {children}
    </h2>
  ),
  h3: ({ children, node }) => (
    <h3 id={headingId(asText(node))} tabIndex={-1}>
      {children}
    </h3>
  ),
  img: ({ alt }) => <span>{alt}</span>,
  pre: CodeBlock,
  table: Table,
  tr: Row,
};
const plugins = [remarkGfm];
/** The renderer would drop our own kind of link; what one may lead to is decided where it is shown. */
const keepUrl = (url: string): string => url;

interface Props extends PageContext {
  readonly markdown: string;
  readonly anchor: string | null;
}

/** A page's text. It shows no HTML and fetches nothing. */
export function PageView({ anchor, markdown, pageId, rowAnchors }: Props): ReactElement {
  const context = useMemo(() => ({ pageId, rowAnchors }), [pageId, rowAnchors]);
  // The text itself does not change with the place that is looked for in it.
  const text = useMemo(
    () => (
      <Markdown remarkPlugins={plugins} components={components} urlTransform={keepUrl} skipHtml>
        {markdown}
      </Markdown>
    ),
    [markdown],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has new places
  useEffect(() => {
    const place = anchor === null ? null : document.getElementById(elementId(anchor));
    if (place === null) return;
    place.scrollIntoView({ block: place.tagName === 'TR' ? 'center' : 'start' });
    place.dataset.sought = 'true';
    return () => {
      delete place.dataset.sought;
    };
  }, [anchor, markdown]);
  return (
    <Page value={context}>
      <div className={styles.text}>{text}</div>
    </Page>
  );
}
