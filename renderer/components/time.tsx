import type { ReactElement } from 'react';
import { useLanguage } from '../i18n/language';
import type { NextEvent } from '../status/next-event';
import { useTicking } from '../store/ticker';
import styles from './time.module.css';

/** A lock nearer than this is shown as urgent. */
const SOON_MS = 120_000;

/** How long ago something was, growing older by itself; the exact local time with its zone on hover. */
export function Age({ ms }: { readonly ms: number }): ReactElement {
  const { fmt } = useLanguage();
  const age = useTicking((nowMs) => fmt.age(ms, nowMs));
  return (
    <time dateTime={new Date(ms).toISOString()} title={fmt.full(ms)}>
      {age}
    </time>
  );
}

/** The time left until an instant, counting down; never below zero. */
export function Countdown({ toMs }: { readonly toMs: number }): ReactElement {
  const { fmt } = useLanguage();
  const left = useTicking((nowMs) => fmt.countdown(toMs - nowMs));
  return (
    <time className="tabular" dateTime={new Date(toMs).toISOString()} title={fmt.full(toMs)}>
      {left}
    </time>
  );
}

/** What happens next, in words with a live countdown; once due it says so instead of counting on. */
export function NextEventText({ event }: { readonly event: NextEvent }): ReactElement {
  const { t, fmt } = useLanguage();
  const text = useTicking((nowMs) => {
    if (event.atMs === null) return t(`next.${event.kind}`);
    const left = event.atMs - nowMs;
    return left <= 0 ? t(`next.${event.kind}.now`) : t(`next.${event.kind}`, { time: fmt.countdown(left) });
  });
  const soon = useTicking(
    (nowMs) => event.kind === 'locks' && event.atMs !== null && event.atMs - nowMs < SOON_MS,
  );
  const emphasis = soon ? styles.soon : event.kind === 'locks' ? styles.coming : '';
  return (
    <span className={`tabular ${emphasis}`} title={event.atMs === null ? undefined : fmt.full(event.atMs)}>
      {text}
    </span>
  );
}
