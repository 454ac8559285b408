import { Button, Checkbox } from '@fluentui/react-components';
import { type ReactElement, useRef, useState } from 'react';
import { ok } from '../../../shared/result';
import { api } from '../../api';
import { Failure, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useLoaded } from '../../store/use-loaded';
import styles from './cloud.module.css';

const purposes = ['view', 'isolate', 'unlock'] as const;
type Purpose = (typeof purposes)[number];

/** The least policy for what the admin wants to do, to be attached to the user or role whose key is used here. */
export function PolicyPanel(): ReactElement {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<readonly Purpose[]>(['view', 'isolate']);
  const [copied, setCopied] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const { data, error, reload } = useLoaded(
    () =>
      chosen.length === 0
        ? Promise.resolve(ok({ text: '' }))
        : api.cloud.ramPolicy({ purposes: [...chosen] }),
    chosen.join(),
    'policy',
  );
  const toggle = (purpose: Purpose, on: boolean): void => {
    setCopied(false);
    setChosen(purposes.filter((one) => (one === purpose ? on : chosen.includes(one))));
  };
  const copy = (): void => {
    text.current?.focus();
    text.current?.select();
    // The clipboard's own interface wants a permission that this window does not have.
    setCopied(document.execCommand('copy'));
  };
  return (
    <Panel title={t('cloud.policy.title')}>
      <div className={styles.stack}>
        <p className={styles.note}>{t('cloud.policy.text')}</p>
        <fieldset className="plain-fieldset" aria-label={t('cloud.policy.purposes')}>
          {purposes.map((purpose) => (
            <div key={purpose}>
              <Checkbox
                label={t(`cloud.policy.${purpose}`)}
                checked={chosen.includes(purpose)}
                onChange={(_, data) => toggle(purpose, data.checked === true)}
              />
            </div>
          ))}
        </fieldset>
        {chosen.length === 0 ? <p className={styles.note}>{t('cloud.policy.choose')}</p> : null}
        {error ? <Failure error={error} onRetry={reload} /> : null}
        {data === null && error === null ? <Loading label={t('common.loading')} /> : null}
        {data !== null && chosen.length > 0 ? (
          <>
            <textarea
              ref={text}
              className={styles.policy}
              aria-label={t('cloud.policy.label')}
              readOnly
              rows={16}
              value={data.text}
            />
            <div className={styles.line}>
              <Button onClick={copy}>{t('cloud.policy.copy')}</Button>
              <span role="status">{copied ? t('cloud.policy.copied') : ''}</span>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  );
}
