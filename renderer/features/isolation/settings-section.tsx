import { Field, Input, Switch } from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';
import { Failure, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';
import { addressServiceIds, isServiceEntry, toggled } from './settings-model';
import { type IsolationSettings, useIsolationSettings } from './state';

type Save = (change: Partial<IsolationSettings>) => void;

interface TextProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly maxLength: number;
  readonly error?: (text: string) => string | null;
  readonly onSave: (text: string) => void;
}

/** A text that is saved when its field is left, and stays as typed while it does not fit. */
function TextSetting({ label, hint, value, maxLength, error, onSave }: TextProps): ReactElement {
  const [text, setText] = useState(value);
  const [left, setLeft] = useState(false);
  useEffect(() => setText(value), [value]);
  const problem = error?.(text.trim()) ?? null;
  const commit = (): void => {
    setLeft(true);
    if (problem === null && text.trim() !== value) onSave(text.trim());
  };
  return (
    <Field label={label} hint={hint} validationMessage={left ? problem : null}>
      <Input
        value={text}
        maxLength={maxLength}
        spellCheck={false}
        onChange={(_, data) => setText(data.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
    </Field>
  );
}

/** How the admin is named in journals, and how the own public address is found and followed. */
export function IsolationSection(): ReactElement {
  const { t } = useLanguage();
  const settings = useIsolationSettings();
  const [error, setError] = useState<AppError | null>(null);
  const save: Save = (change) => {
    setError(null);
    void api.settings.save(change).then((answer) => {
      if (!answer.ok) setError(answer.error);
    });
  };
  const { addressServices, ownAddressService, followAddressByItself, adminName } = settings;
  return (
    <Panel title={t('isolate.settings.title')}>
      <div className={styles.stack}>
        {error ? <Failure error={error} /> : null}
        <TextSetting
          label={t('isolate.settings.adminName')}
          hint={t('isolate.settings.adminName.hint')}
          value={adminName}
          maxLength={120}
          onSave={(text) => save({ adminName: text })}
        />
        <Field hint={t('isolate.settings.follow.hint')}>
          <Switch
            label={t('isolate.settings.follow')}
            checked={followAddressByItself}
            onChange={(_, data) => save({ followAddressByItself: data.checked })}
          />
        </Field>
        <fieldset className="plain-fieldset">
          <legend className={styles.subtitle}>{t('isolate.settings.services')}</legend>
          <p className={styles.minor} style={{ margin: 0 }}>
            {t('isolate.settings.services.hint')}
          </p>
          {addressServiceIds.map((service) => (
            <div key={service}>
              <Switch
                label={t(`isolate.settings.service.${service}`)}
                checked={addressServices.includes(service)}
                onChange={(_, data) =>
                  save({ addressServices: toggled(addressServices, service, data.checked) })
                }
              />
            </div>
          ))}
        </fieldset>
        {addressServices.includes('own') ? (
          <TextSetting
            label={t('isolate.settings.own')}
            hint={t('isolate.settings.own.hint')}
            value={ownAddressService}
            maxLength={300}
            error={(text) => (isServiceEntry(text) ? null : t('isolate.settings.own.error'))}
            onSave={(text) => save({ ownAddressService: text })}
          />
        ) : null}
      </div>
    </Panel>
  );
}
