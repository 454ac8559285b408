import type { Phrase, Verdict } from '../../../shared/account-status';
import type { SourceRow, Timeline } from '../../../shared/evidence-view';
import type { IncidentEntry, IncidentRecord } from '../../../shared/incident';
import { markdownLines, markdownTable, markdownText } from './markdown-text';
import { titleOf } from './said';
import type { Times } from './times';

export interface ExportWords {
  readonly say: (phrase: Phrase) => string;
  readonly times: Times;
  readonly nowMs: number;
  /** Of simulated instances: nobody should take it for real. */
  readonly practice: boolean;
}

/** The record for people, with every time in local time and its zone. Holds what the record holds, and no secret. */
export function incidentMarkdown(record: IncidentRecord, words: ExportWords): string {
  const { times, nowMs } = words;
  const say = sayer(words);
  const { summary, entries, linesLeftOut, sources, timeline } = record;
  const parts = [
    `# ${say('incident.export.heading', { title: words.say(titleOf(summary)) })}`,
    say('incident.export.made', { time: times.full(nowMs), zone: times.zone(nowMs) }),
    ...(words.practice ? [say('incident.export.practice')] : []),
    `## ${say('incident.facts')}`,
    facts(record, words),
  ];
  if (summary.verdict.reasons.length > 0)
    parts.push(
      `### ${say('incident.export.reasons')}`,
      summary.verdict.reasons.map((reason) => `- ${markdownText(words.say(reason))}`).join('\n'),
    );
  parts.push(`## ${say('incident.history')}`, history(entries, words));
  if (linesLeftOut > 0) parts.push(say('incident.history.leftOut', { count: linesLeftOut }));
  parts.push(`## ${say('incident.sources')}`, sourceTable(sources, words));
  parts.push(
    `## ${say('incident.timeline')}`,
    timeline ? timelineTable(timeline, words) : say('incident.timeline.none'),
  );
  return `${parts.join('\n\n')}\n`;
}

const sayer =
  ({ say }: ExportWords) =>
  (key: string, params: Phrase['params'] = {}): string =>
    markdownText(say({ key, params }));

function facts({ summary, timeline }: IncidentRecord, words: ExportWords): string {
  const { times, nowMs } = words;
  const say = sayer(words);
  const { state, closedBy, closedAtMs, openedAtMs, accounts, verdict } = summary;
  const names = accounts.map(({ name, everLocked }) =>
    everLocked ? say('incident.account.locked', { name }) : markdownText(name),
  );
  const count = times.number(summary.failures);
  const failures =
    timeline !== null && summary.failures > 0
      ? say('incident.fact.failures.since', { failures: count, time: times.full(timeline.fromMs) })
      : markdownText(count);
  const lasted = markdownText(times.lasted((closedAtMs ?? nowMs) - openedAtMs));
  const rows: (readonly [string, string])[] = [
    ['incident.fact.where', markdownText(summary.instanceName)],
    ['incident.fact.who', names.join(', ')],
    [
      'incident.fact.verdict',
      [`verdict.${verdict.kind}`, ...certaintyOf(verdict)].map((key) => say(key)).join(', '),
    ],
    ['incident.fact.opened', markdownText(times.full(openedAtMs))],
    [state === 'open' ? 'incident.fact.lasts' : 'incident.fact.lasted', lasted],
  ];
  if (closedAtMs !== null)
    rows.push([
      'incident.fact.ended',
      `${markdownText(times.full(closedAtMs))} (${say(`incident.closedBy.${closedBy ?? 'hand'}`)})`,
    ]);
  rows.push(
    ['incident.fact.failures', failures],
    ['incident.fact.addresses', markdownText(times.number(summary.addresses))],
    ['incident.fact.lastEvidence', markdownText(times.full(summary.lastEvidenceAtMs))],
  );
  return rows.map(([key, value]) => `- **${say(key)}:** ${value}`).join('\n');
}

/** How sure the cause is, as the window says it. */
const certaintyOf = ({ kind, confidence, evidenceIncomplete }: Verdict): string[] => [
  ...(kind === 'undecided' ? [] : [`verdict.confidence.${confidence}`]),
  ...(evidenceIncomplete ? ['verdict.evidenceIncomplete'] : []),
];

function history(entries: readonly IncidentEntry[], words: ExportWords): string {
  const say = sayer(words);
  if (entries.length === 0) return say('incident.export.nothing');
  return markdownTable(
    ['time', 'kind', 'what', 'who'].map((name) => say(`incident.export.table.${name}`)),
    entries.map(({ atMs, kind, text, note, who }) => [
      markdownText(words.times.full(atMs)),
      say(`incident.kind.${kind}`),
      note !== null ? markdownLines(note).join(' / ') : text ? markdownText(words.say(text)) : '',
      markdownText(who ?? ''),
    ]),
  );
}

function sourceTable(sources: readonly SourceRow[], words: ExportWords): string {
  const { times } = words;
  const say = sayer(words);
  if (sources.length === 0) return say('incident.sources.none');
  return markdownTable(
    ['address', 'workstation', 'failures', 'accounts', 'first', 'last'].map((name) =>
      say(`incident.export.table.${name}`),
    ),
    sources.map((source) => [
      source.address === null ? say('incident.export.noAddress') : markdownText(source.address),
      markdownText(source.workstation ?? ''),
      markdownText(times.number(source.failures)),
      source.accounts.map(markdownText).join(', '),
      markdownText(times.full(source.firstMs)),
      markdownText(times.full(source.lastMs)),
    ]),
  );
}

function timelineTable(
  { fromMs, bucketMs, counted, notCounted, marks }: Timeline,
  words: ExportWords,
): string {
  const { times } = words;
  const say = sayer(words);
  const column = (name: string): string => say(`incident.export.table.${name}`);
  const rows = counted.flatMap((count, index) => {
    const other = notCounted[index] ?? 0;
    if (count + other === 0) return [];
    const startMs = fromMs + index * bucketMs;
    return [[times.full(startMs), times.full(startMs + bucketMs), times.number(count), times.number(other)]];
  });
  const parts: string[] = [
    rows.length === 0
      ? say('incident.export.nothing')
      : markdownTable(
          ['from', 'to', 'counted', 'notCounted'].map(column),
          rows.map((row) => row.map(markdownText)),
        ),
  ];
  if (marks.length > 0)
    parts.push(
      `### ${say('incident.export.lockedAndUnlocked')}`,
      markdownTable(
        ['time', 'what', 'accounts'].map(column),
        marks.map(({ atMs, kind, account }) => [
          markdownText(times.full(atMs)),
          say(`incident.export.mark.${kind}`),
          markdownText(account ?? ''),
        ]),
      ),
    );
  return parts.join('\n\n');
}
