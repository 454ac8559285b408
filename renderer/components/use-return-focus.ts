import { useEffect } from 'react';

let opener: HTMLElement | null = null;

/**
 * Remembers what had the focus when a dialog opened and gives it back when the dialog is gone. What was pressed
 * may be gone too (a menu item, a deleted row): then the page's main region takes the focus.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    const active = document.activeElement;
    if (
      active instanceof HTMLElement &&
      active !== document.body &&
      active.closest('[role="dialog"]') === null
    ) {
      opener = active;
    }
    return () => {
      const target = opener;
      setTimeout(() => {
        if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (!lost) return;
        if (target?.isConnected) target.focus();
        else document.querySelector<HTMLElement>('main')?.focus();
      }, 0);
    };
  }, []);
}
