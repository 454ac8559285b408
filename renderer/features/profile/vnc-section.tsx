import { Field, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Vnc } from '../../../shared/instance';
import { fieldId, TextField, useFieldState } from '../../components/form/fields';
import { FormSection } from '../../components/form/form-section';
import { useLanguage } from '../../i18n/language';
import styles from './profile.module.css';
import type { ProfileForm } from './use-profile-form';

const ways = ['direct', 'ssh', 'jumpHost'] as const satisfies readonly Vnc['via'][];

/** Where a VNC server shows the instance's screen, if one does. */
export function VncSection({ form }: { readonly form: ProfileForm }): ReactElement {
  const { t } = useLanguage();
  const { draft, set } = form;
  const state = useFieldState(form, 'vncVia');
  return (
    <FormSection title={t('profile.section.vnc')} hint={t('profile.section.vnc.hint')}>
      <div className={styles.hostPort}>
        <TextField
          form={form}
          field="vncHost"
          label={t('profile.vnc.host')}
          hint={t('profile.vnc.host.hint')}
          value={draft.vncHost}
          onChange={(vncHost) => set({ vncHost })}
        />
        <TextField
          form={form}
          field="vncPort"
          label={t('profile.vnc.port')}
          hint={t('profile.vnc.port.hint')}
          inputMode="numeric"
          value={draft.vncPort}
          onChange={(vncPort) => set({ vncPort })}
        />
      </div>
      {draft.vncHost.trim() === '' ? null : (
        <Field
          label={{ children: t('profile.vnc.via'), htmlFor: fieldId('vncVia') }}
          hint={t(`profile.vnc.via.${draft.vncVia}.hint`)}
          {...state}
        >
          <Select
            id={fieldId('vncVia')}
            value={draft.vncVia}
            onChange={(_, data) => {
              set({ vncVia: data.value as Vnc['via'] });
              form.touch('vncVia');
            }}
          >
            {ways.map((way) => (
              <option key={way} value={way}>
                {t(`profile.vnc.via.${way}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </FormSection>
  );
}
