import uPlot from 'uplot';
import type { Timeline } from '../../../shared/evidence-view';
import type { Formats } from '../../i18n/format';
import type { ThemeName } from '../../theme/theme';

type MarkKind = Timeline['marks'][number]['kind'];

/** Marks differ in shape and line, not only in colour. */
export const glyphs: Readonly<Record<MarkKind, string>> = { lock: '▼', unlock: '△', gap: '✕' };
const dashes: Readonly<Record<MarkKind, number[]>> = { lock: [], unlock: [5, 3], gap: [2, 3] };

export interface Colours extends Readonly<Record<MarkKind, string>> {
  readonly counted: string;
  readonly notCounted: string;
  readonly text: string;
  readonly grid: string;
}

/** The theme's colours as a canvas needs them; under high contrast, the system's. */
export function readColours(element: Element, theme: ThemeName): Colours {
  if (theme === 'highContrast') {
    return {
      counted: 'Highlight',
      notCounted: 'GrayText',
      text: 'CanvasText',
      grid: 'GrayText',
      lock: 'CanvasText',
      unlock: 'CanvasText',
      gap: 'CanvasText',
    };
  }
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim() || 'gray';
  return {
    counted: token('--colorPaletteDarkOrangeBackground3'),
    notCounted: token('--colorNeutralStroke1Pressed'),
    text: token('--colorNeutralForeground2'),
    grid: token('--colorNeutralStroke3'),
    lock: token('--colorStatusDangerForeground1'),
    unlock: token('--colorStatusSuccessForeground1'),
    gap: token('--colorNeutralForeground2'),
  };
}

/** Stacked: the whole behind, what counted in front of it. Times in seconds, at the middle of their bucket. */
export function chartData({ fromMs, bucketMs, counted, notCounted }: Timeline): uPlot.AlignedData {
  return [
    counted.map((_, index) => (fromMs + (index + 0.5) * bucketMs) / 1000),
    counted.map((value, index) => value + (notCounted[index] ?? 0)),
    [...counted],
  ];
}

function drawMarks(plot: uPlot, timeline: Timeline, colours: Colours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px sans-serif`;
  ctx.textAlign = 'center';
  for (const { kind, atMs } of timeline.marks) {
    const x = Math.round(plot.valToPos(atMs / 1000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = colours[kind];
    ctx.fillStyle = colours[kind];
    ctx.lineWidth = ratio;
    ctx.setLineDash(dashes[kind].map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(glyphs[kind], x, bbox.top - 3 * ratio);
  }
  ctx.restore();
}

interface Setup {
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
  readonly fmt: Formats;
  readonly timeline: () => Timeline;
  readonly onHover: (index: number | null) => void;
}

const HOUR_SECONDS = 3600;
const FONT = '11px sans-serif';

export function chartOptions({ width, height, colours, fmt, timeline, onHover }: Setup): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.85, 24], align: 0 });
  const clock = new Intl.DateTimeFormat(fmt.locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(fmt.locale, { month: 'short', day: 'numeric', hour: '2-digit' });
  const axis = {
    stroke: colours.text,
    font: FONT,
    ticks: { stroke: colours.grid },
    grid: { stroke: colours.grid, width: 1 },
  };
  return {
    width,
    height,
    padding: [16, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [timeline().fromMs / 1000, timeline().toMs / 1000] },
      y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 80,
        values: (plot, splits) => {
          const { min = 0, max = 0 } = plot.scales.x ?? {};
          const long = (max ?? 0) - (min ?? 0) > 36 * HOUR_SECONDS;
          return splits.map((seconds) => (long ? day : clock).format(seconds * 1000));
        },
      },
      {
        ...axis,
        size: 42,
        space: 32,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000],
        values: (_, splits) => splits.map((value) => fmt.number(value)),
      },
    ],
    series: [
      {},
      { fill: colours.notCounted, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}) },
      { fill: colours.counted, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}) },
    ],
    hooks: {
      draw: [(plot) => drawMarks(plot, timeline(), colours)],
      setCursor: [(plot) => onHover(plot.cursor.idx ?? null)],
    },
  };
}
