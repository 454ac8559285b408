import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Fragment, type ReactElement, useState } from 'react';
import type { MenuEntry, TriggerProps } from './lazy-menu';

interface Props {
  readonly entries: readonly MenuEntry[];
  readonly trigger: (props: TriggerProps) => ReactElement;
}

/** The menu of a `LazyMenu`, open from the start because the press that opens it has made it. */
export function MenuAround({ entries, trigger }: Props): ReactElement {
  const [open, setOpen] = useState(true);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: clicks and keys in the menu's portal bubble to the row otherwise
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Menu open={open} onOpenChange={(_, data) => setOpen(data.open)}>
        <MenuTrigger disableButtonEnhancement>{trigger({})}</MenuTrigger>
        <MenuPopover>
          <MenuList>
            {entries.map(({ key, label, onSelect, separated = false }) => (
              <Fragment key={key}>
                {separated ? <MenuDivider /> : null}
                <MenuItem onClick={onSelect}>{label}</MenuItem>
              </Fragment>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  );
}
