import { invalid } from './error';
import { type Parameters, whole } from './parameters';
import type { JsonObject } from './types';

interface Page<T> {
  readonly items: readonly T[];
  readonly fields: JsonObject;
}

const tokenFor = (offset: number): string => Buffer.from(`stand-in ${offset}`).toString('base64url');

function offsetOf(token: string): number {
  const [, digits] = /^stand-in (\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (digits === undefined) throw invalid('NextToken');
  return Number(digits);
}

/**
 * One page of a list: by token when `MaxResults` or `NextToken` is given, otherwise by page number. With tokens the
 * totals say nothing, as documented. `cap` is the most that one page holds.
 */
export function page<T>(items: readonly T[], parameters: Parameters, cap = 100): Page<T> {
  const { NextToken: token, MaxResults: most } = parameters;
  if (token || most) {
    const size = whole(parameters, 'MaxResults', 1, Number.MAX_SAFE_INTEGER, Math.min(10, cap));
    const from = token ? offsetOf(token) : 0;
    const to = from + Math.min(size, cap);
    const next = to < items.length ? tokenFor(to) : '';
    return {
      items: items.slice(from, to),
      fields: { NextToken: next, TotalCount: 0, PageSize: 0, PageNumber: 0 },
    };
  }
  const size = whole(parameters, 'PageSize', 1, cap, 10);
  const number = whole(parameters, 'PageNumber', 1, Number.MAX_SAFE_INTEGER, 1);
  return {
    items: items.slice((number - 1) * size, number * size),
    fields: { NextToken: '', TotalCount: items.length, PageSize: size, PageNumber: number },
  };
}
