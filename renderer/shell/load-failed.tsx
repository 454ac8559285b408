import type { ReactElement } from 'react';
import { Empty, Failure, Loading } from '../components/panel';
import { useLanguage } from '../i18n/language';
import { mirror, useMirror } from '../store/window-mirror';

/** Before the first snapshot: waiting, or saying why there is none yet. */
export function LoadFailed(): ReactElement {
  const { t } = useLanguage();
  const error = useMirror((state) => state.error);
  if (error === null) return <Loading label={t('fleet.loading')} />;
  return (
    <Empty page title={t('load.failed.title')} text={t('load.failed.text')}>
      <Failure error={error} onRetry={mirror.resync} />
    </Empty>
  );
}
