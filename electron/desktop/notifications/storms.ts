import type { Category, Decision, NotificationValue } from './notification';

/** Something that happens in many places at once: one notification stands for all of it. */
interface Storm {
  readonly category: Category;
  readonly members: readonly Member[];
  readonly lastMs: number;
  /** When the notification on the screen last said how many there are. */
  readonly saidMs: number;
  readonly saidCount: number;
}

export interface Member {
  readonly account: string | null;
  readonly instance: string;
  readonly value: NotificationValue;
}

export type Storms = ReadonlyMap<string, Storm>;

/** A notification on the screen is brought up to date at most this often. */
const UPDATE_MS = 30_000;
const ATTACK_MS = 10 * 60_000;
const BURST_MS = 60_000;
const NAMES_SHOWN = 3;

/** How long after its last member a storm still takes in new ones. */
const stormLength = (key: string): number => (key.startsWith('attack|') ? ATTACK_MS : BURST_MS);

export interface Gathered {
  readonly decisions: readonly Decision[];
  readonly storms: Storms;
  /** When to decide again though nothing has happened; null for no need. */
  readonly nextMs: number | null;
}

/**
 * Puts values into storms by their key: the first of a storm is shown, what follows is counted in its
 * notification. Values without a key stand alone.
 */
export function gather(
  arrivals: readonly { readonly stormKey: string | null; readonly member: Member }[],
  before: Storms,
  nowMs: number,
): Gathered {
  const decisions: Decision[] = [];
  const storms = new Map([...before].filter(([key, storm]) => nowMs - storm.lastMs < stormLength(key)));
  const arrived = new Map<string, Member[]>();

  for (const { stormKey, member } of arrivals) {
    if (stormKey === null) decisions.push({ outcome: 'shown', value: member.value });
    else arrived.set(stormKey, [...(arrived.get(stormKey) ?? []), member]);
  }

  for (const [key, members] of arrived) {
    const [first] = members;
    if (!first) continue;
    const open = storms.get(key);
    const all = [...(open?.members ?? []), ...members];
    const alone = !open && members.length === 1;
    if (!alone) {
      for (const { value } of members) decisions.push({ outcome: 'suppressed', value, reason: 'grouped' });
    }
    if (!open) decisions.push({ outcome: 'shown', value: alone ? first.value : groupValue(key, all) });
    storms.set(key, {
      category: first.value.category,
      members: all,
      lastMs: nowMs,
      saidMs: open?.saidMs ?? nowMs,
      saidCount: open?.saidCount ?? all.length,
    });
  }

  let nextMs: number | null = null;
  for (const [key, storm] of storms) {
    // A warning is over when the lock has come: there is no state of all of them to bring up to date.
    if (storm.category === 'imminent' || storm.saidCount === storm.members.length) continue;
    const dueMs = storm.saidMs + UPDATE_MS;
    if (dueMs > nowMs) {
      nextMs = Math.min(nextMs ?? dueMs, dueMs);
      continue;
    }
    decisions.push({ outcome: 'updated', value: groupValue(key, storm.members) });
    storms.set(key, { ...storm, saidMs: nowMs, saidCount: storm.members.length });
  }
  return { decisions, storms, nextMs };
}

/** One notification for all members; it takes the place of the one that the first member had. */
function groupValue(key: string, members: readonly Member[]): NotificationValue {
  const [first] = members;
  if (!first) throw new Error('A storm has members');
  const instances = [...new Set(members.map(({ instance }) => instance))];
  const one = instances.length === 1;
  const subjects = [...new Set(members.map(({ account, instance }) => nameOf(account, instance, one)))];
  const shown = subjects.slice(0, NAMES_SHOWN);
  const { category } = first.value;
  return {
    key: `${key}|${members.length}`,
    category,
    severity: first.value.severity,
    title: {
      key: `notification.many.${category}.${one ? 'one' : 'several'}`,
      params: { count: subjects.length, instances: instances.length, instance: instances[0] ?? '' },
    },
    body: [
      {
        key: 'notification.many.names',
        params: { names: shown.join(', '), more: subjects.length - shown.length },
      },
    ],
    groupId: key,
    throttleKey: first.value.throttleKey,
    destination: one ? { ...first.value.destination, ...withoutAccount(first.value) } : { page: 'fleet' },
    about: null,
    closes: [...new Set(members.flatMap(({ value }) => value.closes))],
  };
}

const withoutAccount = (value: NotificationValue) =>
  value.destination.page === 'instance' ? { accountKey: null } : {};

const nameOf = (account: string | null, instance: string, one: boolean): string => {
  if (account === null) return instance;
  return one ? account : `${account} (${instance})`;
};
