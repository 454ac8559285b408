import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Timeline } from '../../../shared/evidence-view';
import { useLanguage } from '../../i18n/language';
import { useSettings } from '../../store/window-mirror';
import { useThemeName } from '../../theme/theme';
import { chartData, chartOptions, glyphs, readColours } from './chart-options';
import styles from './timeline-chart.module.css';

const HEIGHT = 190;

/** The chart. A screen reader gets its summary and the table instead. */
export function TimelineChart({ timeline }: { readonly timeline: Timeline }): ReactElement {
  const { t, fmt } = useLanguage();
  const theme = useThemeName(useSettings().theme);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef(timeline);
  shown.current = timeline;
  const [hovered, setHovered] = useState<number | null>(null);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    // A theme's colours are there only when all of the page has taken it over.
    const frame = requestAnimationFrame(() => {
      const options = chartOptions({
        width: element.clientWidth,
        height: HEIGHT,
        colours: readColours(element, theme),
        fmt,
        timeline: () => shown.current,
        onHover: setHovered,
      });
      plot.current = new uPlot(options, chartData(shown.current), element);
    });
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [theme, fmt]);

  useEffect(() => plot.current?.setData(chartData(timeline)), [timeline]);

  const readout = hovered === null ? '' : readoutOf(timeline, hovered);
  function readoutOf(of: Timeline, index: number): string {
    const time = fmt.dateTime(of.fromMs + index * of.bucketMs);
    const counted = of.counted[index];
    if (counted === undefined) return '';
    return t('timeline.readout', { time, counted, notCounted: of.notCounted[index] ?? 0 });
  }
  return (
    <>
      <div ref={host} className={styles.chart} role="img" aria-label={t('timeline.chart')} />
      <p className={styles.readout} aria-hidden="true">
        {readout}
      </p>
      <ul className={styles.legend} aria-hidden="true">
        <li className={styles.item}>
          <span className={`${styles.swatch} ${styles.counted}`} />
          {t('timeline.legend.counted')}
        </li>
        <li className={styles.item}>
          <span className={`${styles.swatch} ${styles.notCounted}`} />
          {t('timeline.legend.notCounted')}
        </li>
        {(['lock', 'unlock', 'gap'] as const).map((kind) => (
          <li key={kind} className={styles.item}>
            <span className={styles.swatch}>{glyphs[kind]}</span>
            {t(`timeline.legend.${kind}`)}
          </li>
        ))}
      </ul>
    </>
  );
}
