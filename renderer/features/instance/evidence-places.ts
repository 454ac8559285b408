import { codePlace, type RunbookPlace } from '../../../shared/runbook';

/** Where the runbook explains what a field of an event says; null where it does not. */
export function fieldPlace(name: string, value: string): RunbookPlace | null {
  const text = value.trim();
  if (name === 'Status' || name === 'SubStatus') {
    const code = /^0x[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text.slice(2), 16) : 0;
    return code === 0 ? null : codePlace(code);
  }
  if (name === 'LogonType' && /^\d{1,2}$/.test(text)) return { pageId: 'logon-types', anchor: text };
  return null;
}
