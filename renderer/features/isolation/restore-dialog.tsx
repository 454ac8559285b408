import { Button, Field, Textarea } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useLanguage } from '../../i18n/language';
import { mirror, useMirror } from '../../store/window-mirror';
import styles from './isolation.module.css';
import { PlanFlow } from './plan-flow';
import { PublicAddress } from './public-address';
import { isolationById } from './state';
import { readTrusted } from './trusted-model';

interface Props {
  readonly id: InstanceId;
  readonly onClose: () => void;
}

/** What the addresses field holds at first: who is trusted already, else the admin's own addresses. */
function initialText(id: InstanceId): string {
  const state = mirror.store.getState();
  const view = isolationById(state).get(id);
  const trusted = view?.entry?.trusted ?? view?.foreign?.trusted ?? [];
  return (trusted.length > 0 ? trusted : (state.base?.settings.ownAddresses ?? [])).join('\n');
}

/** Opens RDP for these addresses and nobody else. */
export function RestoreDialog({ id, onClose }: Props): ReactElement {
  const { t, say } = useLanguage();
  const name = useMirror((state) => state.profiles[id]?.name ?? '');
  const [text, setText] = useState(() => initialText(id));
  const [trusted, setTrusted] = useState<readonly string[] | null>(null);
  const [submitted, setSubmitted] = useState(false);
  const draft = readTrusted(text);
  const empty = draft.cidrs.length === 0 && draft.error === null;
  const error = draft.error ?? (empty && submitted ? { key: 'restore.address.none', params: {} } : null);
  const change = (next: string): void => {
    setText(next);
    setTrusted(null);
  };
  const preview = (): void => {
    setSubmitted(true);
    if (draft.error === null && !empty) setTrusted(draft.cidrs);
  };
  return (
    <PlanFlow
      kind="restoreToTrust"
      title={t('restore.title', { name })}
      ids={[id]}
      trusted={trusted}
      before={
        <Button appearance="primary" onClick={preview}>
          {t('restore.preview')}
        </Button>
      }
      onClose={onClose}
    >
      <p className={styles.paragraph}>{t('restore.intro')}</p>
      <PublicAddress
        onAdd={(cidr) => {
          if (!draft.cidrs.includes(cidr)) change(text.trim() === '' ? cidr : `${text.trimEnd()}\n${cidr}`);
        }}
      />
      <Field
        label={t('restore.addresses')}
        hint={t('restore.addresses.hint')}
        validationState={error ? 'error' : 'none'}
        validationMessage={error ? say(error) : null}
      >
        <Textarea
          value={text}
          rows={3}
          spellCheck={false}
          onChange={(_, data) => change(data.value)}
          onBlur={() => setSubmitted(text.trim() !== '')}
        />
      </Field>
      {draft.warnings.length > 0 ? (
        <section className={styles.warnings} aria-label={t('restore.warnings')}>
          <ul className={styles.list}>
            {draft.warnings.map((warning) => (
              <li key={`${warning.key}${JSON.stringify(warning.params)}`}>{say(warning)}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </PlanFlow>
  );
}
