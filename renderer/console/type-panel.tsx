import { Button, Field, ProgressBar, Textarea } from '@fluentui/react-components';
import { type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language';
import styles from './console.module.css';
import { nameOf, strokesOf } from './keysyms';
import type { VncSession } from './vnc-session';

/** So many of the characters that cannot be typed are named. */
const NAMED = 8;

interface Props {
  /** Null while nothing is connected. */
  readonly session: VncSession | null;
  readonly viewOnly: boolean;
  readonly onClose: () => void;
}

type Progress = { readonly done: number; readonly total: number; readonly running: boolean };

/** Types a text on the instance, key by key: a password that is long, for example. */
export function TypePanel({ session, viewOnly, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  const [text, setText] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const wanted = useRef(false);
  const { strokes, left } = useMemo(() => strokesOf(text), [text]);
  const running = progress?.running === true;
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  const start = async (): Promise<void> => {
    if (!session) return;
    wanted.current = true;
    const total = strokes.length;
    setProgress({ done: 0, total, running: true });
    const done = await session.type(
      strokes,
      () => wanted.current,
      (now) => setProgress({ done: now, total, running: true }),
    );
    setProgress({ done, total, running: false });
    // What was typed may be a password: it stays on the screen no longer than it has to.
    if (done === total) setText('');
  };

  const outcome =
    progress === null || running
      ? null
      : progress.done < progress.total
        ? t('console.page.text.stopped', { done: progress.done, total: progress.total })
        : t('console.page.text.done', { count: progress.done });
  const list = [...new Set(left)].slice(0, NAMED).map(nameOf).join(', ');
  return (
    <section className={styles.typing} aria-labelledby={id}>
      <h1 id={id} className={styles.cardTitle}>
        {t('console.page.text.title')}
      </h1>
      <p className={styles.cardText}>{t('console.page.text.intro')}</p>
      <Field
        label={t('console.page.text.label')}
        hint={t('console.page.text.enter')}
        {...(left.length > 0
          ? {
              validationState: 'warning' as const,
              validationMessage: t('console.page.text.left', { count: left.length, list }),
            }
          : {})}
      >
        <Textarea
          autoFocus
          rows={3}
          resize="vertical"
          spellCheck={false}
          value={text}
          disabled={running}
          onChange={(_, data) => {
            setText(data.value);
            setProgress(null);
          }}
        />
      </Field>
      {running ? <ProgressBar value={progress.done} max={Math.max(1, progress.total)} /> : null}
      <div className={styles.cardActions}>
        <span role="status" className={styles.outcome}>
          {running
            ? t('console.page.text.progress', { done: progress.done, total: progress.total })
            : viewOnly
              ? t('console.page.text.viewOnly')
              : outcome}
        </span>
        {running ? (
          <Button
            onClick={() => {
              wanted.current = false;
            }}
          >
            {t('console.page.text.cancel')}
          </Button>
        ) : (
          <Button onClick={onClose}>{t('console.page.text.close')}</Button>
        )}
        <Button
          appearance="primary"
          disabledFocusable={running || viewOnly || session === null || strokes.length === 0}
          onClick={() => void start()}
        >
          {t('console.page.text.start')}
        </Button>
      </div>
    </section>
  );
}
