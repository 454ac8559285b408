import { beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../testing/fixtures';
import { useUi } from './ui';

const initial = useUi.getInitialState();
beforeEach(() => useUi.setState(initial, true));
const ui = useUi.getState;

describe('navigation', () => {
  it('goes to a page and closes what was open', () => {
    ui().openDialog({ kind: 'check', id: idOf(1) });
    ui().go({ page: 'instance', instanceId: idOf(2), accountKey: 'administrator' });
    expect(ui()).toMatchObject({ dialog: null, route: { page: 'instance', instanceId: idOf(2) } });
  });

  it('opens the empty form for "add an instance"', () => {
    ui().go({ page: 'settings' });
    ui().go({ page: 'addInstance' });
    expect(ui()).toMatchObject({ route: { page: 'fleet' }, dialog: { kind: 'profile', id: null } });
  });

  it('never leaves unsaved changes without asking', () => {
    ui().openDialog({ kind: 'profile', id: null, copyOf: null });
    ui().setUnsaved(true);
    ui().go({ page: 'settings' });
    expect(ui()).toMatchObject({ route: { page: 'fleet' }, pending: { page: 'settings' } });
    ui().openDialog({ kind: 'check', id: idOf(1) });
    expect(ui().dialog?.kind).toBe('profile');
    ui().resolvePending('stay');
    expect(ui()).toMatchObject({ pending: null, unsaved: true });
    ui().go({ page: 'savedLog' });
    ui().resolvePending('discard');
    expect(ui()).toMatchObject({ route: { page: 'savedLog' }, dialog: null, unsaved: false });
  });
});

describe('a way to where one is already', () => {
  it('closes nothing and asks nothing', () => {
    ui().openDialog({ kind: 'check', id: idOf(1) });
    ui().go({ page: 'fleet' });
    expect(ui().dialog?.kind).toBe('check');
    ui().setUnsaved(true);
    ui().go({ page: 'fleet' });
    expect(ui().pending).toBeNull();
  });
});

describe('toasts', () => {
  it('keeps the latest four and gives each its own id', () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) ui().toast({ text, intent: 'success', undo: null });
    const { toasts } = ui();
    expect(toasts.map((toast) => toast.text)).toEqual(['b', 'c', 'd', 'e']);
    expect(new Set(toasts.map((toast) => toast.id)).size).toBe(4);
    ui().dismissToast(toasts[0]?.id ?? 0);
    expect(ui().toasts.map((toast) => toast.text)).toEqual(['c', 'd', 'e']);
  });
});
