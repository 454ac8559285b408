import { useEffect } from 'react';

const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"]';

let lastOnPage: HTMLElement | null = null;

/** Remembers what on the page itself had the focus last: the button behind a menu, not the menu's item. */
export function rememberPageFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.closest(OVERLAY) === null) lastOnPage = target;
  });
}

/**
 * Gives the focus back when a dialog is gone. What opened it may be gone too (a deleted row): then the page's main
 * region takes the focus.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    const opener = lastOnPage;
    return () => {
      setTimeout(() => {
        const { activeElement, body } = document;
        if (activeElement !== null && activeElement !== body && activeElement.tagName !== 'MAIN') return;
        if (document.querySelector(OVERLAY)) return;
        if (opener?.isConnected) opener.focus();
        else document.querySelector<HTMLElement>('main')?.focus();
      }, 0);
    };
  }, []);
}
