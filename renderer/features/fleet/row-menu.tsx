import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { deleteInstance, report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import styles from './fleet.module.css';

interface Props {
  readonly id: InstanceId;
  readonly name: string;
  readonly focusable: boolean;
}

function Items({ id, name }: Omit<Props, 'focusable'>): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  return (
    <MenuList>
      <MenuItem onClick={() => go({ page: 'instance', instanceId: id, accountKey: null })}>
        {t('fleet.action.open')}
      </MenuItem>
      <MenuItem onClick={() => void report(t, api.instance.refresh({ id }))}>
        {t('fleet.action.refresh')}
      </MenuItem>
      <MenuItem onClick={() => openDialog({ kind: 'check', id })}>{t('fleet.action.check')}</MenuItem>
      <MenuDivider />
      <MenuItem onClick={() => openDialog({ kind: 'profile', id, copyOf: null })}>
        {t('fleet.action.edit')}
      </MenuItem>
      <MenuItem onClick={() => openDialog({ kind: 'profile', id: null, copyOf: id })}>
        {t('fleet.action.duplicate')}
      </MenuItem>
      <MenuItem onClick={() => void deleteInstance(t, id, name)}>{t('fleet.action.delete')}</MenuItem>
    </MenuList>
  );
}

/** The actions of one row. The menu itself is only made once it is opened: a row has to be cheap. */
export function RowMenu({ id, name, focusable }: Props): ReactElement {
  const { t } = useLanguage();
  const [made, setMade] = useState(false);
  const [open, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      className={styles.menuButton}
      tabIndex={focusable ? 0 : -1}
      aria-label={t('fleet.row.menu', { name })}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation();
        if (made) return;
        setMade(true);
        setOpen(true);
      }}
    >
      <MoreHorizontal20Regular aria-hidden="true" />
    </button>
  );
  if (!made) return button;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: clicks in the menu's portal bubble to the row otherwise
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Menu open={open} onOpenChange={(_, data) => setOpen(data.open)}>
        <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
        <MenuPopover>
          <Items id={id} name={name} />
        </MenuPopover>
      </Menu>
    </span>
  );
}
