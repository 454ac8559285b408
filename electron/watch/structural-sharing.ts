/**
 * The new value, built of the old one's parts wherever they are equal; the old value itself when all is. What is
 * shown can then be compared by identity.
 */
export function share<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (Array.isArray(after)) return shareList(before, after) as T;
  if (!isRecord(after) || !isRecord(before)) return after;
  const entries = Object.entries(after).map(
    ([key, value]) => [key, share(Object.hasOwn(before, key) ? before[key] : undefined, value)] as const,
  );
  const same =
    Object.keys(before).length === entries.length &&
    entries.every(([key, value]) => Object.hasOwn(before, key) && Object.is(value, before[key]));
  // `fromEntries` takes any key for what it is, `__proto__` too.
  return (same ? before : Object.fromEntries(entries)) as T;
}

function shareList(before: unknown, after: readonly unknown[]): readonly unknown[] {
  if (!Array.isArray(before)) return after;
  const shared = after.map((value, index) => share(before[index], value));
  const same =
    before.length === after.length && shared.every((value, index) => Object.is(value, before[index]));
  return same ? before : shared;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
