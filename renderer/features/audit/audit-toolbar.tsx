import { Button, Input, Select } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type ReactElement, useMemo } from 'react';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { useLanguage } from '../../i18n/language';
import { SEARCH_FIELD_ID } from '../../shell/shortcuts';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './audit.module.css';
import { type AuditFilter, auditActions, periods } from './audit-model';

interface Props {
  readonly filter: AuditFilter;
  readonly onFilter: (filter: AuditFilter) => void;
  readonly shown: number;
  readonly total: number;
  readonly onExported: () => void;
}

/** Search, filters and the export of the whole trail. */
export function AuditToolbar({ filter, onFilter, shown, total, onExported }: Props): ReactElement {
  const { t } = useLanguage();
  const toast = useUi((state) => state.toast);
  const profiles = useMirror((state) => state.base?.profiles);
  const linked = useMemo(
    () =>
      (profiles ?? [])
        .filter((profile) => profile.cloud !== null)
        .sort((a, b) => a.name.localeCompare(b.name)),
    [profiles],
  );
  const save = async (format: 'json' | 'csv'): Promise<void> => {
    const answer = await api.audit.export({ format });
    if (!answer.ok) {
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    } else if (answer.value !== null) {
      toast({ text: t('trail.exported', answer.value), intent: 'success', undo: null });
      onExported();
    }
  };
  return (
    <>
      <div className={page.toolbar}>
        <h1 className={page.title}>{t('trail.title')}</h1>
        <span className={page.spring} />
        {(['json', 'csv'] as const).map((format) => (
          <Button key={format} onClick={() => void save(format)}>
            {t(`trail.export.${format}`)}
          </Button>
        ))}
      </div>
      <div className={page.toolbar}>
        <Input
          id={SEARCH_FIELD_ID}
          className={styles.search ?? ''}
          type="search"
          aria-label={t('trail.search')}
          placeholder={t('trail.search')}
          contentBefore={<Search20Regular />}
          maxLength={200}
          value={filter.search}
          onChange={(_, data) => onFilter({ ...filter, search: data.value })}
        />
        <Select
          aria-label={t('trail.filter.action')}
          value={filter.action ?? ''}
          onChange={(_, data) =>
            onFilter({ ...filter, action: auditActions.find((one) => one === data.value) ?? null })
          }
        >
          <option value="">{t('trail.filter.action.all')}</option>
          {auditActions.map((action) => (
            <option key={action} value={action}>
              {t(`audit.action.${action}`)}
            </option>
          ))}
        </Select>
        {linked.length === 0 ? null : (
          <Select
            aria-label={t('trail.filter.instance')}
            value={filter.instanceId ?? ''}
            onChange={(_, data) => onFilter({ ...filter, instanceId: data.value === '' ? null : data.value })}
          >
            <option value="">{t('trail.filter.instance.all')}</option>
            {linked.map((profile) => (
              <option key={profile.id} value={profile.cloud?.instanceId ?? ''}>
                {profile.name}
              </option>
            ))}
          </Select>
        )}
        <Select
          aria-label={t('trail.filter.period')}
          value={filter.period}
          onChange={(_, data) =>
            onFilter({ ...filter, period: periods.find((one) => one === data.value) ?? 'all' })
          }
        >
          {periods.map((period) => (
            <option key={period} value={period}>
              {t(`trail.period.${period}`)}
            </option>
          ))}
        </Select>
        <span className={page.spring} />
        <span className={styles.minor} role="status">
          {t('trail.count', { shown, total })}
        </span>
      </div>
    </>
  );
}
