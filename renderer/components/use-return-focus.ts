import { useEffect, useState } from 'react';

const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"]';

let lastOnPage: HTMLElement | null = null;

/** Remembers what on the page itself had the focus last: the button behind a menu, not the menu's item. */
export function rememberPageFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.closest(OVERLAY) === null) lastOnPage = target;
  });
}

/** What to go back to: inside a dialog below this one, else what was last used on the page. */
function opener(): HTMLElement | null {
  const active = document.activeElement;
  return active instanceof HTMLElement && active.closest('[role="dialog"]') !== null ? active : lastOnPage;
}

/**
 * Gives the focus back when a dialog is gone. What opened it may be gone too (a deleted row): then the page's main
 * region takes the focus.
 */
export function useReturnFocus(): void {
  const [target] = useState(opener);
  useEffect(() => {
    return () => {
      setTimeout(() => {
        const { activeElement, body } = document;
        if (activeElement !== null && activeElement !== body && activeElement.tagName !== 'MAIN') return;
        const nested = target?.closest(OVERLAY) ?? null;
        if (nested === null && document.querySelector(OVERLAY)) return;
        if (target?.isConnected) target.focus();
        else document.querySelector<HTMLElement>('main')?.focus();
      }, 0);
    };
  }, [target]);
}
