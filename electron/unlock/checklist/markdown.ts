import type { Phrase } from '../../../shared/account-status';
import type { Checklist, ChecklistPart } from '../../../shared/checklist';

export interface MarkdownWords {
  readonly say: (phrase: Phrase) => string;
  /** Date and time with the zone. */
  readonly time: (ms: number) => string;
}

export interface PrintedChecklist {
  readonly checklist: Checklist;
  readonly instance: string;
  readonly openedAtMs: number;
  readonly nowMs: number;
  readonly practice: boolean;
}

/** Text that means nothing to Markdown, on one line. */
const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, (sign) => `\\${sign}`);

const BOX = { done: '☑', notNeeded: '–' } as const;

/**
 * A checklist as Markdown for paper: every part with what to do, why, how it stands and a box to tick by pen. What it
 * names may come from anywhere, so nothing of it is Markdown. Pure.
 */
export function checklistMarkdown(printed: PrintedChecklist, words: MarkdownWords): string {
  const { checklist, instance, nowMs } = printed;
  const { say, time } = words;
  const phrase = (key: string, params: Phrase['params'] = {}): string =>
    plain(say({ key: `checklist.${key}`, params }));
  const head = [
    `# ${phrase('print.title', { instance })}`,
    phrase('print.head', { instance, time: time(nowMs) }),
    phrase('print.opened', { time: time(printed.openedAtMs) }),
    checklist.accountName === null
      ? phrase('subtitle.none')
      : phrase('print.account', { account: checklist.accountName }),
    phrase('progress', { done: checklist.done, total: checklist.total }),
    ...(printed.practice ? [phrase('print.practice')] : []),
  ];
  const steps = checklist.steps.map(({ id, notes, parts }, index) =>
    [
      `## ${index + 1}\\. ${phrase(`step.${id}`)}`,
      ...notes.map((note) => `> ${plain(say(note))}`),
      parts.map((part) => partMarkdown(part, words)).join('\n'),
    ].join('\n\n'),
  );
  return `${[...head, ...steps].join('\n\n')}\n`;
}

function partMarkdown(part: ChecklistPart, { say, time }: MarkdownWords): string {
  const phrase = (key: string, params: Phrase['params'] = {}): string =>
    plain(say({ key: `checklist.${key}`, params }));
  const { state, by, who, atMs, countdown } = part;
  const box = state === 'done' || state === 'notNeeded' ? BOX[state] : '☐';
  const said = phrase(`state.${state}`);
  const lines = [
    `- ${box} **${plain(say(part.what))}** ${part.optional ? `(${phrase('optional')})` : ''}`.trimEnd(),
    `  ${plain(say(part.why))}`,
    `  ${atMs === null ? said : phrase('print.state', { state: say({ key: `checklist.state.${state}`, params: {} }), time: time(atMs) })}`,
    by === null ? null : `  ${byWords(by, who, phrase)}`,
    part.evidence === null ? null : `  ${plain(say(part.evidence))}`,
    countdown === null
      ? null
      : `  ${phrase('print.until', { label: say(countdown.label), time: time(countdown.untilMs) })}`,
  ];
  return lines.filter((line) => line !== null).join('  \n');
}

function byWords(
  by: 'evidence' | 'hand',
  who: string | null,
  phrase: (key: string, params?: Phrase['params']) => string,
): string {
  if (by === 'hand') return phrase('by.hand', { who: who ?? '' });
  return who === null ? phrase('by.evidence') : phrase('by.evidenceOf', { who });
}
