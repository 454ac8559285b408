import { Button, Spinner } from '@fluentui/react-components';
import { Desktop20Regular } from '@fluentui/react-icons/svg/desktop';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import type { RdpVia } from '../../../shared/rdp';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { ProofView } from './proof-view';
import styles from './rdp.module.css';
import { proofsOf, runOf } from './rdp-model';

/** Looks at the port, and keeps why a look could not be made. */
export function useProbe(id: InstanceId): {
  readonly error: AppError | null;
  readonly probe: (via: RdpVia) => void;
} {
  const [error, setError] = useState<AppError | null>(null);
  const probe = (via: RdpVia): void => {
    setError(null);
    void api.rdp.probe({ id, via }).then((answer) => {
      if (!answer.ok && answer.error.code !== 'app.cancelled') setError(answer.error);
    });
  };
  return { error, probe };
}

interface Props {
  readonly id: InstanceId;
  readonly probe: (via: RdpVia) => void;
  readonly error: AppError | null;
}

/** The last looks from here and through SSH, what runs, and what can be done. */
export function RdpBody({ id, probe, error }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const run = useMirror(runOf(id));
  const here = useMirror(proofsOf(id, 'here'));
  const tunnel = useMirror(proofsOf(id, 'tunnel'));
  const proofs = [here, tunnel].flatMap((proof) => proof ?? []);
  return (
    <div className={styles.body}>
      <p className={styles.intro}>{t('rdp.intro')}</p>
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          icon={<Search20Regular />}
          disabledFocusable={run !== undefined}
          onClick={() => probe('here')}
        >
          {t('rdp.probe.here')}
        </Button>
        <Button disabledFocusable={run !== undefined} onClick={() => probe('tunnel')}>
          {t('rdp.probe.tunnel')}
        </Button>
        <Button icon={<Desktop20Regular />} onClick={() => openDialog({ kind: 'connectRdp', id })}>
          {t('rdp.connect')}
        </Button>
      </div>
      {run ? (
        <div className={styles.run} role="status">
          <Spinner size="tiny" label={t(`rdp.running.${run.step}`)} />
          <Button size="small" onClick={() => void api.rdp.cancel({ id })}>
            {t('common.cancel')}
          </Button>
        </div>
      ) : null}
      {error ? <Failure error={error} onRetry={undefined} /> : null}
      {proofs.length > 0 ? (
        <div className={styles.proofs}>
          {proofs.map((proof) => (
            <ProofView key={proof.via} proof={proof} />
          ))}
        </div>
      ) : null}
    </div>
  );
}
