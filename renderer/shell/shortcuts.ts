import { useEffect } from 'react';
import { fittingPage } from '../features/runbook/fitting-page';
import { RUNBOOK_SEARCH_ID, step } from '../features/runbook/history';
import { useUi } from '../store/ui';

export const SEARCH_FIELD_ID = 'fleet-search';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

type Command = 'search' | 'add' | 'back' | 'settings' | 'help' | 'runbook';

/**
 * The command that a key press means: `/` and Ctrl+F search, Ctrl+N adds, Alt+Left goes back, Ctrl+, settings, F1 the
 * runbook's page about what is shown, Ctrl+K a search in the runbook.
 */
export function commandOf(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  typing: boolean;
}): Command | null {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (control && !event.altKey && key === 'f') return 'search';
  if (control && !event.altKey && key === 'n') return 'add';
  if (control && !event.altKey && key === ',') return 'settings';
  if (control && !event.altKey && key === 'k') return 'runbook';
  if (key === 'f1' && !control && !event.altKey) return 'help';
  if (event.altKey && key === 'arrowleft') return 'back';
  if (key === '/' && !control && !event.altKey && !event.typing) return 'search';
  return null;
}

export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { go, openDialog, dialog, route } = useUi.getState();
      if (event.defaultPrevented) return;
      const { key, ctrlKey, metaKey, altKey } = event;
      const command = commandOf({ key, ctrlKey, metaKey, altKey, typing: typing(event.target) });
      if (command === null) return;
      // The runbook is there from within a dialog, too; all else is for the page.
      if (command === 'help') go({ page: 'runbook', pageId: fittingPage(route, dialog) });
      else if (command === 'runbook') go({ page: 'runbook', pageId: null, query: '' });
      else if (dialog !== null) return;
      else if (command === 'search') {
        const field = document.getElementById(route.page === 'runbook' ? RUNBOOK_SEARCH_ID : SEARCH_FIELD_ID);
        if (!(field instanceof HTMLInputElement)) return;
        field.focus();
        field.select();
      } else if (command === 'add') openDialog({ kind: 'profile', id: null, copyOf: null });
      else if (command === 'settings') go({ page: 'settings' });
      else if (route.page === 'runbook') step(-1);
      else if (route.page !== 'fleet') go({ page: 'fleet' });
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
