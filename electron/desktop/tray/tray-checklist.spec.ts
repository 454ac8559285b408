import { describe, expect, it } from 'vitest';
import type { Checklist } from '../../../shared/checklist';
import { checklistPartIdSchema } from '../../../shared/checklist';
import { createTranslator } from '../../../shared/messages/format';
import { sampleId, sampleView } from '../testing/sample-view';
import { createWords } from '../words';
import { type TrayItem, trayView } from './tray-model';

const say = createWords(createTranslator('en'));
const incidentId = (number: number) => `00000000-0000-4000-9000-${number.toString().padStart(12, '0')}`;
const checklist = (number: number, changes: Partial<Checklist> = {}): Checklist => ({
  incidentId: incidentId(number),
  instanceId: sampleId(number),
  accountKey: 'administrator',
  accountName: 'Administrator',
  accounts: [],
  steps: [],
  next: { step: 'isolate', part: 'isolated' },
  done: 1,
  total: 11,
  proven: false,
  ...changes,
});
const view = (checklists: readonly Checklist[]) =>
  trayView({
    fleet: [sampleView(1, [])],
    isolation: [],
    checklists: [...checklists],
    nameOf: (id) => `web-${Number(id.slice(-12))}`,
    notificationsPausedUntilMs: null,
    nowMs: 1000,
    practice: false,
  });
const labels = (items: readonly TrayItem[]) =>
  items.flatMap((item) => (item.kind === 'action' ? [say(item.label)] : []));

describe('the checklists in the tray menu', () => {
  it('say what comes next, and lead there without doing anything', () => {
    const { items } = view([checklist(1), checklist(2, { accountName: null }), checklist(3, { next: null })]);
    expect(labels(items).slice(0, 3)).toEqual([
      'Administrator on web-1, next: cut RDP off',
      'web-2, next: cut RDP off',
      'web-3: checklist done',
    ]);
    expect(items[0]).toMatchObject({
      action: { do: 'navigate', to: { page: 'checklist', incidentId: incidentId(1) } },
    });
  });

  it('have words for every part', () => {
    for (const part of checklistPartIdSchema.options) {
      const [first = ''] = labels(view([checklist(1, { next: { step: 'unlock', part } })]).items);
      expect(first).not.toMatch(/see the checklist|[{}]/);
    }
  });

  it('are bounded, and lead to all incidents', () => {
    const { items } = view(Array.from({ length: 9 }, (_, index) => checklist(index + 1)));
    expect(labels(items)[5]).toBe('4 more incidents');
    expect(items[5]).toMatchObject({ action: { to: { page: 'incidents' } } });
  });

  it('take no room where there are none', () => {
    expect(view([]).items[0]).toMatchObject({ kind: 'menu' });
  });
});
