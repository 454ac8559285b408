import { Button, ProgressBar, Select } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons/svg/print';
import { type ReactElement, useId, useState } from 'react';
import type { Checklist } from '../../../shared/checklist';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { PracticeBadge } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { usePractice, useProfile } from '../../store/window-mirror';
import styles from './checklist.module.css';

/** Which of the incident's accounts it is about. */
function AccountChoice({ checklist }: { readonly checklist: Checklist }): ReactElement | null {
  const { t } = useLanguage();
  const id = useId();
  const { incidentId, accounts, accountKey, accountName } = checklist;
  if (accountKey === null) return <p className={styles.subject}>{t('checklist.subtitle.none')}</p>;
  if (accounts.length < 2) {
    return <p className={styles.subject}>{t('checklist.subtitle', { account: accountName ?? '' })}</p>;
  }
  const known = accounts.some(({ key }) => key === accountKey);
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{t('checklist.account')}</label>
      <Select
        id={id}
        size="small"
        value={accountKey}
        onChange={(_, { value }) => void report(t, api.checklist.focus({ incidentId, accountKey: value }))}
      >
        {known ? null : <option value={accountKey}>{accountName}</option>}
        {accounts.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** What the checklist is about and how far it is. */
export function ChecklistHead({ checklist }: { readonly checklist: Checklist }): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const [printing, setPrinting] = useState(false);
  const { incidentId, instanceId, done, total, next, proven } = checklist;
  const name = useProfile(instanceId)?.name ?? instanceId;
  const practice = usePractice(instanceId);
  const print = async (): Promise<void> => {
    setPrinting(true);
    await report(t, api.checklist.print({ incidentId }));
    setPrinting(false);
  };
  const progress = t('checklist.progress', { done, total });
  return (
    <header className={styles.head}>
      <div className={styles.titleLine}>
        <h1 className={`${page.title} ${page.name}`}>{t('checklist.title', { instance: name })}</h1>
        {practice ? <PracticeBadge /> : null}
        <span className={page.spring} />
        <Button
          size="small"
          onClick={() => go({ page: 'instance', instanceId, accountKey: checklist.accountKey })}
        >
          {t('checklist.instance')}
        </Button>
        <Button size="small" onClick={() => go({ page: 'incident', incidentId })}>
          {t('checklist.incident')}
        </Button>
        <Button size="small" icon={<Print20Regular />} disabled={printing} onClick={() => void print()}>
          {t('checklist.print')}
        </Button>
      </div>
      <AccountChoice checklist={checklist} />
      <div className={styles.progress}>
        <ProgressBar
          className={styles.bar}
          value={total === 0 ? 0 : done / total}
          thickness="large"
          aria-label={t('checklist.progress.label')}
          aria-valuetext={progress}
        />
        <span>{progress}</span>
      </div>
      {next === null ? (
        <p className={styles.subject}>{t(proven ? 'checklist.proven' : 'checklist.allDone')}</p>
      ) : null}
    </header>
  );
}
