import { lazy, type MouseEvent, type ReactElement, Suspense, useState } from 'react';

const MenuAround = lazy(async () => ({ default: (await import('./menu-around')).MenuAround }));

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly onSelect: () => void;
  /** A line above it. */
  readonly separated?: boolean;
}

/** What the trigger must put on its button; once the menu is made, the menu puts its own things there. */
export interface TriggerProps {
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
}

interface Props {
  readonly entries: () => readonly MenuEntry[];
  readonly trigger: (props: TriggerProps) => ReactElement;
}

/** A button with a menu that is loaded and made when it is first opened: lists and the first paint stay cheap. */
export function LazyMenu({ entries, trigger }: Props): ReactElement {
  const [made, setMade] = useState(false);
  const closed = trigger({
    onClick: (event) => {
      event.stopPropagation();
      setMade(true);
    },
  });
  if (!made) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuAround entries={entries()} trigger={trigger} />
    </Suspense>
  );
}
