import { Checkbox, Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { directoryTransportSchema } from '../../../shared/directory';
import { fieldId, TextField, useFieldState } from '../../components/form/fields';
import { FormSection, FormText, TwoFields } from '../../components/form/form-section';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import { Box } from '../unlock/box';
import type { DirectoryDraft } from './draft';
import { PasswordField } from './password-field';
import type { DirectoryForm } from './use-directory-form';

interface Props {
  readonly form: DirectoryForm;
}

export function DomainSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { draft, set } = form;
  return (
    <FormSection title={t('directories.form.section.domain')}>
      <TwoFields>
        <TextField
          form={form}
          field="domain"
          label={t('directories.form.domain')}
          hint={t('directories.form.domain.hint')}
          required
          value={draft.domain}
          onChange={(domain) => set({ domain })}
        />
        <TextField
          form={form}
          field="name"
          label={t('directories.form.name')}
          hint={t('directories.form.name.hint')}
          value={draft.name}
          onChange={(name) => set({ name })}
        />
      </TwoFields>
      <TextField
        form={form}
        field="controllers"
        label={t('directories.form.controllers')}
        hint={t('directories.form.controllers.hint')}
        value={draft.controllers}
        onChange={(controllers) => set({ controllers })}
      />
    </FormSection>
  );
}

/** Without encryption only after the risk was read and taken, in a box of its own. */
function PlainChoice({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const state = useFieldState(form, 'plainAccepted');
  return (
    <Box tone="danger" title={t('directories.form.plain.title')}>
      <FormText>{t('directories.form.plain.risk')}</FormText>
      <Field {...state}>
        <Checkbox
          id={fieldId('plainAccepted')}
          label={t('directories.form.plain.accept')}
          checked={form.draft.plainAccepted}
          onChange={(_, data) => form.set({ plainAccepted: data.checked === true })}
        />
      </Field>
    </Box>
  );
}

function Tunnel({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const profiles = useMirror((state) => state.profiles);
  const { tunnel } = form.draft;
  const instances = Object.values(profiles).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Field
      label={{ children: t('directories.form.tunnel'), htmlFor: fieldId('tunnel') }}
      hint={t('directories.form.tunnel.hint')}
    >
      <Select id={fieldId('tunnel')} value={tunnel} onChange={(_, data) => form.set({ tunnel: data.value })}>
        <option value="">{t('directories.form.tunnel.none')}</option>
        {instances.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {tunnel === '' || profiles[tunnel] ? null : (
          <option value={tunnel}>{t('directories.form.tunnel.gone')}</option>
        )}
      </Select>
    </Field>
  );
}

export function ConnectionSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { draft, set } = form;
  const { transport, trust } = draft;
  return (
    <FormSection title={t('directories.form.section.connection')}>
      <Field label={t('directories.form.transport')} hint={t(`directories.form.transport.${transport}.hint`)}>
        <RadioGroup
          layout="horizontal"
          value={transport}
          onChange={(_, data) =>
            // Whoever comes back to it reads the risk again.
            set({ transport: data.value as DirectoryDraft['transport'], plainAccepted: false })
          }
        >
          {directoryTransportSchema.options.map((one) => (
            <Radio key={one} value={one} label={t(`directories.form.transport.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      {transport === 'plain' ? (
        <PlainChoice form={form} />
      ) : (
        <Field label={t('directories.form.trust')} hint={t(`directories.form.trust.${trust}.hint`)}>
          <RadioGroup
            value={trust}
            onChange={(_, data) => set({ trust: data.value as DirectoryDraft['trust'] })}
          >
            {(['system', 'pinned'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`directories.form.trust.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
      )}
      <Tunnel form={form} />
    </FormSection>
  );
}

export function SignInSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    <FormSection title={t('directories.form.section.signIn')}>
      <TextField
        form={form}
        field="bindUser"
        label={t('directories.form.bindUser')}
        hint={t('directories.form.bindUser.hint')}
        required
        value={form.draft.bindUser}
        onChange={(bindUser) => form.set({ bindUser })}
      />
      <PasswordField form={form} />
    </FormSection>
  );
}

export function WatchSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { watch, pageSize } = form.draft;
  return (
    <FormSection title={t('directories.form.section.more')}>
      <Field label={t('directories.form.watch')} hint={t(`directories.form.watch.${watch}.hint`)}>
        <RadioGroup
          layout="horizontal"
          value={watch}
          onChange={(_, data) => form.set({ watch: data.value as DirectoryDraft['watch'] })}
        >
          {(['close', 'normal', 'relaxed', 'off'] as const).map((level) => (
            <Radio key={level} value={level} label={t(`directories.form.watch.${level}`)} />
          ))}
        </RadioGroup>
      </Field>
      <TextField
        form={form}
        field="pageSize"
        label={t('directories.form.pageSize')}
        hint={t('directories.form.pageSize.hint')}
        required
        inputMode="numeric"
        value={pageSize}
        onChange={(text) => form.set({ pageSize: text })}
      />
    </FormSection>
  );
}
