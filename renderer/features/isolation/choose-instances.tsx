import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Input,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import { choosable } from './choose-model';
import styles from './isolation.module.css';
import { IsolationBadge } from './isolation-badge';
import { useIsolations } from './state';

interface Props {
  readonly onChosen: (ids: readonly InstanceId[]) => void;
  readonly onClose: () => void;
}

/** Which instances to isolate together: those with a place in the cloud, the exposed and failing ones first. */
export function ChooseInstances({ onChosen, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const profiles = useMirror((state) => state.profiles);
  const fleet = useMirror((state) => state.fleet);
  const views = useIsolations();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<InstanceId>>(new Set());
  useReturnFocus();
  const { rows, unlinked } = choosable(Object.values(profiles), fleet, views, search);
  const toggle = (ids: readonly InstanceId[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const free = rows.filter((row) => row.free).map((row) => row.id);
  const all = free.length > 0 && free.every((id) => chosen.has(id));
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(700px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('isolate.several.title')}</DialogTitle>
          <DialogContent>
            <div className={styles.top} style={{ padding: '2px 0' }}>
              <p className={styles.paragraph}>{t('isolate.several.intro')}</p>
              <Input
                type="search"
                aria-label={t('isolate.several.search')}
                placeholder={t('isolate.several.search')}
                value={search}
                onChange={(_, data) => setSearch(data.value)}
              />
              {rows.length === 0 ? (
                <p className={styles.paragraph}>{t('isolate.several.empty')}</p>
              ) : (
                <>
                  <Checkbox
                    label={t('isolate.several.all', { count: free.length })}
                    checked={all}
                    onChange={(_, data) => toggle(free, data.checked === true)}
                  />
                  <div className={styles.pick}>
                    {rows.map((row) => (
                      <div key={row.id} className={styles.pickRow}>
                        <Checkbox
                          label={row.name}
                          disabled={!row.free}
                          checked={chosen.has(row.id)}
                          onChange={(_, data) => toggle([row.id], data.checked === true)}
                        />
                        <span className={styles.minor}>
                          {[
                            t(`exposure.short.${row.worded}`),
                            t('isolate.several.status', { status: row.status }),
                          ].join(', ')}
                        </span>
                        <IsolationBadge id={row.id} />
                      </div>
                    ))}
                  </div>
                </>
              )}
              {unlinked > 0 ? (
                <p className={styles.minor} style={{ margin: 0 }}>
                  {t('isolate.several.unlinked', { count: unlinked })}
                </p>
              ) : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button
              appearance="primary"
              disabledFocusable={chosen.size === 0}
              onClick={() => (chosen.size > 0 ? onChosen([...chosen]) : undefined)}
            >
              {t('isolate.several.next', { count: chosen.size })}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
