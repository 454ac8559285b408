import type { Phrase } from '../../../shared/account-status';
import type { JournalEntry, Recipe } from '../../../shared/isolation';
import { plainText } from '../../../shared/messages/plain-text';
import type { DescribedCall, IngressRule, PortRange } from '../../../shared/network';

export type Say = (phrase: Phrase) => string;

/** One argument for a POSIX shell; what needs no quotes gets none. */
const quoted = (text: string): string =>
  /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A call as a line for the provider's command line tool. */
export const commandLine = ({ action, parameters }: DescribedCall): string =>
  [
    'aliyun',
    'ecs',
    action,
    ...Object.entries(parameters).map(([key, value]) => `--${key} ${quoted(value)}`),
  ].join(' ');

const ports = (range: PortRange): string => (range === 'all' ? '-1/-1' : `${range.from}/${range.to}`);

function source(rule: IngressRule): string {
  switch (rule.source.kind) {
    case 'ipv4':
    case 'ipv6':
      return rule.source.cidr;
    case 'group':
      return rule.source.ownerAccount
        ? `${rule.source.ownerAccount}/${rule.source.groupId}`
        : rule.source.groupId;
    case 'prefixList':
      return rule.source.listId;
  }
}

const ruleLine = (rule: IngressRule): string =>
  [
    `    ${String(rule.priority).padStart(3)} ${rule.policy.padEnd(6)} ${rule.protocol.padEnd(4)}`,
    (rule.portListId ?? ports(rule.ports)).padEnd(11),
    source(rule),
    ...(rule.destination ? [`-> ${rule.destination}`] : []),
    ...(rule.sourcePorts ? [`(${ports(rule.sourcePorts)})`] : []),
    rule.id ?? '',
    rule.description && JSON.stringify(rule.description),
  ]
    .filter((part) => part !== '')
    .join('  ');

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `isolation.text.${key}`,
  params,
});

/** The original as it was recorded: every group of every interface with every rule. */
function original(entry: JournalEntry, say: Say): string[] {
  const { interfaces, groups } = entry.original;
  return [
    say(phrase('original', { at: new Date(entry.original.takenAtMs).toISOString() })),
    ...interfaces.map(({ id, groupIds }) => `  ${id}: ${groupIds.join(', ')}`),
    ...groups.flatMap((group) => [
      `  ${group.id} ${JSON.stringify(group.name)} (${group.type}, ${group.innerAccess}, ${group.vpcId})`,
      ...group.ingress.map(ruleLine),
    ]),
  ];
}

/** The way back without the app, as plain text: what to do in the console, and the same as calls. */
export function recipeText(entry: JournalEntry, recipe: Recipe, say: Say): string {
  const lines = [
    say(recipe.title),
    '',
    say(phrase('who', { admin: entry.admin, at: new Date(entry.createdAtMs).toISOString() })),
    say(phrase('why', { reason: entry.reason || '-', incident: entry.incident || '-' })),
    say(phrase('entry', { id: entry.id })),
    ...recipe.notes.map((note) => `* ${say(note)}`),
    '',
    ...(recipe.lines.length === 0 ? [say(phrase('nothing'))] : []),
    ...recipe.lines.flatMap((line, at) => [
      `${at + 1}. ${say(line.console)}`,
      ...line.calls.map((call) => `     ${commandLine(call)}`),
      '',
    ]),
    ...original(entry, say),
  ];
  // Names and reasons are other people's words: none of them may pass for a line of the recipe.
  return `${lines.map(plainText).join('\n')}\n`;
}
