import { Checkbox, Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Hop } from '../../../shared/instance';
import { fieldId, TextField, useFieldState } from '../../components/form/fields';
import { SecretInput } from '../../components/form/secret-input';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import { type AuthKind, type EndpointDraft, needsSecret } from './draft';
import styles from './profile.module.css';
import type { ProfileForm } from './use-profile-form';

interface Props {
  readonly form: ProfileForm;
  readonly endpoint: EndpointDraft;
  readonly hop: Hop;
  /** The endpoint's place in the validation: `ssh`, `jumpHosts.0`. */
  readonly path: string;
}

function SecretField({ form, endpoint, hop, path }: Props): ReactElement {
  const { t } = useLanguage();
  const vault = useMirror((state) => state.base?.vault);
  const field = `${path}.secret`;
  const saved = form.savedSecretOf(endpoint, hop);
  const where =
    vault?.kind === 'os' ? t('profile.secret.os', { backend: vault.backend }) : t('profile.secret.memory');
  const kept = saved === 'saved' || saved === 'session' || saved === 'copied';
  return (
    <Field
      label={{
        children: t(endpoint.auth === 'password' ? 'profile.secret.password' : 'profile.secret.passphrase'),
        htmlFor: fieldId(field),
      }}
      hint={saved === 'endpointChanged' ? `${t('profile.secret.endpointChanged')} ${where}` : where}
      required={!kept}
      {...useFieldState(form, field)}
    >
      <SecretInput
        field={field}
        value={endpoint.secret}
        kept={kept ? t(`profile.secret.${saved}`) : null}
        onChange={(secret) => form.setEndpoint(endpoint.id, { secret })}
        onLeave={() => form.touch(field)}
      />
    </Field>
  );
}

/** Host, port, user and authentication of the instance or of one jump host. */
export function EndpointFields(props: Props): ReactElement {
  const { form, endpoint, path } = props;
  const { t } = useLanguage();
  const set = (change: Partial<EndpointDraft>): void => form.setEndpoint(endpoint.id, change);
  return (
    <>
      <div className={styles.hostPort}>
        <TextField
          form={form}
          field={`${path}.host`}
          label={t('profile.host')}
          hint={t('profile.host.hint')}
          required
          value={endpoint.host}
          onChange={(host) => set({ host })}
        />
        <TextField
          form={form}
          field={`${path}.port`}
          label={t('profile.port')}
          required
          inputMode="numeric"
          value={endpoint.port}
          onChange={(port) => set({ port })}
        />
      </div>
      <TextField
        form={form}
        field={`${path}.user`}
        label={t('profile.user')}
        hint={t('profile.user.hint')}
        required
        value={endpoint.user}
        onChange={(user) => set({ user })}
      />
      <Field label={t('profile.auth')} hint={t(`profile.auth.${endpoint.auth}.hint`)}>
        <RadioGroup
          layout="horizontal"
          value={endpoint.auth}
          onChange={(_, data) => set({ auth: data.value as AuthKind })}
        >
          {(['password', 'key', 'agent'] as const).map((kind) => (
            <Radio key={kind} value={kind} label={t(`profile.auth.${kind}`)} />
          ))}
        </RadioGroup>
      </Field>
      {endpoint.auth === 'key' ? (
        <>
          <TextField
            form={form}
            field={`${path}.keyPath`}
            label={t('profile.keyPath')}
            hint={t('profile.keyPath.hint')}
            required
            value={endpoint.keyPath}
            onChange={(keyPath) => set({ keyPath })}
          />
          <Checkbox
            label={t('profile.keyEncrypted')}
            checked={endpoint.keyEncrypted}
            onChange={(_, data) => set({ keyEncrypted: data.checked === true })}
          />
        </>
      ) : null}
      {needsSecret(endpoint) ? <SecretField {...props} /> : null}
    </>
  );
}
