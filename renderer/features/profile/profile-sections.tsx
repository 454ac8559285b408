import { Button, Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons/svg/add';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import type { ReactElement } from 'react';
import { TextField } from '../../components/form/fields';
import { FormSection, TwoFields } from '../../components/form/form-section';
import { useLanguage } from '../../i18n/language';
import { useMirror, useSettings } from '../../store/window-mirror';
import { groupsAndTags } from '../fleet/fleet-model';
import { useCloudAccounts } from '../isolation/state';
import { jumpHop, MAX_JUMP_HOSTS, type ProfileDraft } from './draft';
import { EndpointFields } from './endpoint-fields';
import styles from './profile.module.css';
import type { ProfileForm } from './use-profile-form';

interface Props {
  readonly form: ProfileForm;
}

export function InstanceSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const profiles = useMirror((state) => state.base?.profiles);
  const { groups } = groupsAndTags(profiles ?? []);
  const { draft } = form;
  return (
    <FormSection title={t('profile.section.instance')}>
      <TextField
        form={form}
        field="name"
        label={t('profile.name')}
        hint={t('profile.name.hint')}
        required
        value={draft.name}
        onChange={(name) => form.set({ name })}
      />
      <TwoFields>
        <TextField
          form={form}
          field="group"
          label={t('profile.group')}
          hint={t('profile.group.hint')}
          suggestions={groups}
          value={draft.group}
          onChange={(group) => form.set({ group })}
        />
        <TextField
          form={form}
          field="tags"
          label={t('profile.tags')}
          hint={t('profile.tags.hint')}
          value={draft.tags}
          onChange={(tags) => form.set({ tags })}
        />
      </TwoFields>
    </FormSection>
  );
}

export function SshSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    <FormSection title={t('profile.section.ssh')} hint={t('profile.section.ssh.hint')}>
      <EndpointFields form={form} endpoint={form.draft.ssh} hop="instance" path="ssh" />
    </FormSection>
  );
}

export function JumpSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { jumpHosts } = form.draft;
  return (
    <FormSection title={t('profile.section.jump')} hint={t('profile.section.jump.hint')}>
      {jumpHosts.map((endpoint, index) => (
        <div key={endpoint.id} className={styles.jump}>
          <div className={styles.jumpHead}>
            <h3 className={styles.jumpTitle}>{t('profile.jump.title', { number: index + 1 })}</h3>
            <Button
              appearance="subtle"
              size="small"
              icon={<Delete20Regular />}
              aria-label={t('profile.jump.remove', { number: index + 1 })}
              onClick={() => form.removeJumpHost(endpoint.id)}
            />
          </div>
          <EndpointFields form={form} endpoint={endpoint} hop={jumpHop(index)} path={`jumpHosts.${index}`} />
        </div>
      ))}
      {jumpHosts.length < MAX_JUMP_HOSTS ? (
        <div>
          <Button icon={<Add20Regular />} onClick={form.addJumpHost}>
            {t('profile.jump.add')}
          </Button>
        </div>
      ) : null}
    </FormSection>
  );
}

const providers = ['none', 'aliyun', 'aws', 'azure', 'other'] as const;

export function MoreSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { draft, set } = form;
  const accounts = useCloudAccounts();
  return (
    <FormSection title={t('profile.section.more')}>
      <TwoFields>
        <TextField
          form={form}
          field="rdpPort"
          label={t('profile.rdpPort')}
          hint={t('profile.rdpPort.hint')}
          required
          inputMode="numeric"
          value={draft.rdpPort}
          onChange={(rdpPort) => set({ rdpPort })}
        />
        <Field label={t('profile.cloud')}>
          <Select
            value={draft.cloudProvider}
            onChange={(_, data) => set({ cloudProvider: data.value as ProfileDraft['cloudProvider'] })}
          >
            {providers.map((provider) => (
              <option key={provider} value={provider}>
                {t(`profile.cloud.${provider}`)}
              </option>
            ))}
          </Select>
        </Field>
      </TwoFields>
      <TwoFields>
        <TextField
          form={form}
          field="rdpUser"
          label={t('rdp.profile.user')}
          hint={t('rdp.user.hint')}
          value={draft.rdpUser}
          onChange={(rdpUser) => set({ rdpUser })}
        />
        <TextField
          form={form}
          field="rdpHost"
          label={t('rdp.profile.host')}
          hint={t('rdp.profile.host.hint')}
          value={draft.rdpHost}
          onChange={(rdpHost) => set({ rdpHost })}
        />
      </TwoFields>
      <TextField
        form={form}
        field="rdpGateway"
        label={t('rdp.gateway')}
        hint={t('rdp.gateway.hint')}
        value={draft.rdpGateway}
        onChange={(rdpGateway) => set({ rdpGateway })}
      />
      {draft.cloudProvider === 'none' ? null : (
        <TwoFields>
          <TextField
            form={form}
            field="cloudRegion"
            label={t('profile.cloud.region')}
            value={draft.cloudRegion}
            onChange={(cloudRegion) => set({ cloudRegion })}
          />
          <TextField
            form={form}
            field="cloudInstanceId"
            label={t('profile.cloud.instanceId')}
            hint={t('profile.cloud.instanceId.hint')}
            required
            value={draft.cloudInstanceId}
            onChange={(cloudInstanceId) => set({ cloudInstanceId })}
          />
        </TwoFields>
      )}
      {draft.cloudProvider === 'aliyun' && accounts.length > 0 ? (
        <Field label={t('cloud.account')}>
          <Select value={draft.cloudAccountId} onChange={(_, data) => set({ cloudAccountId: data.value })}>
            <option value="">{t('cloud.account.any')}</option>
            {accounts.map((account) => (
              <option key={account.id} value={account.id}>
                {account.name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label={t('profile.membership')} hint={t('profile.membership.hint')}>
        <RadioGroup
          layout="horizontal"
          value={draft.membership}
          onChange={(_, data) => set({ membership: data.value as ProfileDraft['membership'] })}
        >
          <Radio value="standalone" label={t('profile.membership.standalone')} />
          <Radio value="domain" label={t('profile.membership.domain')} />
        </RadioGroup>
      </Field>
    </FormSection>
  );
}

export function WatchSection({ form }: Props): ReactElement {
  const { t } = useLanguage();
  const { pollSeconds } = useSettings();
  const { watch } = form.draft;
  const seconds = watch === 'off' ? 0 : pollSeconds[watch];
  return (
    <FormSection title={t('profile.section.watch')}>
      <Field hint={t(`profile.watch.${watch}.hint`, { seconds })}>
        <RadioGroup
          layout="horizontal"
          aria-label={t('profile.section.watch')}
          value={watch}
          onChange={(_, data) => form.set({ watch: data.value as ProfileDraft['watch'] })}
        >
          {(['close', 'normal', 'relaxed', 'off'] as const).map((level) => (
            <Radio key={level} value={level} label={t(`profile.watch.${level}`)} />
          ))}
        </RadioGroup>
      </Field>
    </FormSection>
  );
}
