import type { StoredEvent } from './event-log';

/** An event before it has a record id and a time. */
export interface EventDraft {
  readonly provider: { readonly name: string; readonly guid: string };
  readonly eventId: number;
  readonly version: number;
  readonly level: number;
  readonly task: number;
  readonly opcode: number;
  readonly keywords: bigint;
  readonly channel: string;
  readonly processId: number;
  readonly threadId: number;
  /** With braces. */
  readonly activityId?: string;
  /** `System/Security/@UserID`. */
  readonly userId?: string;
  readonly data: readonly (readonly [name: string, value: string])[];
  /** The element and namespace that hold the data, for events that carry UserData. */
  readonly userData?: { readonly element: string; readonly namespace: string };
}

/** How this instance's Windows prints: 7 digits of a second as new ones do, or 9 as older ones did. */
export interface XmlStyle {
  readonly fractionDigits: 7 | 9;
  readonly guidCase: 'upper' | 'lower';
}

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';
const EPOCH_TICKS = 116_444_736_000_000_000n;

/** Control characters stay as they are: Windows does not escape them, which makes such XML unreadable as it is. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>']/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&apos;'));

/** FILETIME as `SystemTime` prints it. */
function systemTime(time: bigint, digits: 7 | 9): string {
  const ticks = time - EPOCH_TICKS;
  const fraction = (ticks % 10_000_000n).toString().padStart(7, '0').padEnd(digits, '0');
  const seconds = new Date(Number(ticks / 10_000n)).toISOString().slice(0, 19);
  return `${seconds}.${fraction}Z`;
}

export const ticksFromMs = (ms: number): bigint => EPOCH_TICKS + BigInt(Math.round(ms * 10_000));

const guid = (value: string, style: XmlStyle) =>
  style.guidCase === 'upper' ? value.toUpperCase() : value.toLowerCase();

const attributes = (pairs: readonly (readonly [string, string | number])[]) =>
  pairs.map(([name, value]) => ` ${name}='${escapeXml(String(value))}'`).join('');

function payload(draft: EventDraft): string {
  if (draft.userData) {
    const { element, namespace } = draft.userData;
    const leaves = draft.data.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
    return `<UserData><${element} xmlns='${namespace}'>${leaves}</${element}></UserData>`;
  }
  const items = draft.data.map(([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`).join('');
  return `<EventData>${items}</EventData>`;
}

/** Prints an event the way `wevtutil /f:xml` does: one line, single quotes, no declaration, no root. */
export function renderEvent(
  draft: EventDraft,
  recordId: number,
  time: bigint,
  computer: string,
  style: XmlStyle,
): StoredEvent {
  const system =
    `<Provider${attributes([
      ['Name', draft.provider.name],
      ['Guid', guid(draft.provider.guid, style)],
    ])}/><EventID>${draft.eventId}</EventID><Version>${draft.version}</Version><Level>${draft.level}</Level>` +
    `<Task>${draft.task}</Task><Opcode>${draft.opcode}</Opcode><Keywords>0x${draft.keywords.toString(16)}</Keywords>` +
    `<TimeCreated SystemTime='${systemTime(time, style.fractionDigits)}'/><EventRecordID>${recordId}</EventRecordID>` +
    `<Correlation${draft.activityId ? attributes([['ActivityID', guid(draft.activityId, style)]]) : ''}/>` +
    `<Execution ProcessID='${draft.processId}' ThreadID='${draft.threadId}'/><Channel>${draft.channel}</Channel>` +
    `<Computer>${escapeXml(computer)}</Computer>` +
    `<Security${draft.userId ? attributes([['UserID', draft.userId]]) : ''}/>`;
  return {
    recordId,
    eventId: draft.eventId,
    time,
    provider: draft.provider.name,
    level: draft.level,
    task: draft.task,
    keywords: draft.keywords,
    channel: draft.channel,
    computer,
    data: Object.fromEntries(draft.data),
    xml: `<Event xmlns='${NAMESPACE}'><System>${system}</System>${payload(draft)}</Event>`,
  };
}
