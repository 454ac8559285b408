import { Button, ProgressBar, Tab, TabList } from '@fluentui/react-components';
import { FolderOpen20Regular } from '@fluentui/react-icons/svg/folder-open';
import { type ReactElement, useState } from 'react';
import page from '../../components/page.module.css';
import { Failure, Panel } from '../../components/panel';
import scrolling from '../../components/scrolling-page.module.css';
import { useLanguage } from '../../i18n/language';
import { cancelSavedLog, openSavedLog, useSavedLog } from '../../store/saved-log';
import { fileName } from './report-model';
import { ReportView } from './report-view';
import styles from './saved-log.module.css';

const COMMAND =
  'wevtutil qe Security "/q:*[System[(EventID=4625 or EventID=4740 or EventID=4767 or EventID=4624)]]" /f:xml > lockouts.xml';

function Progress(): ReactElement | null {
  const { t, fmt } = useLanguage();
  const phase = useSavedLog((state) => state.phase);
  const progress = useSavedLog((state) => state.progress);
  if (phase === 'choosing') return <p role="status">{t('savedLog.choosing')}</p>;
  if (phase === 'cancelled') return <p role="status">{t('savedLog.cancelled')}</p>;
  if (phase !== 'reading' || progress === null) return null;
  const { file, bytesRead, bytesTotal } = progress;
  return (
    <div className={styles.progress}>
      <div className={styles.progressLine}>
        <span>{t('savedLog.reading', { file: fileName(file) })}</span>
        <span className={page.spring} />
        <span className="tabular">
          {t('savedLog.progress', { read: fmt.bytes(bytesRead), total: fmt.bytes(bytesTotal) })}
        </span>
        <Button size="small" onClick={cancelSavedLog}>
          {t('savedLog.cancel')}
        </Button>
      </div>
      <ProgressBar
        aria-label={t('savedLog.reading', { file: fileName(file) })}
        value={bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : 0}
      />
    </div>
  );
}

/** Reads saved event XML through the same model as a live instance. */
export function SavedLogPage(): ReactElement {
  const { t } = useLanguage();
  const { phase, reports, error } = useSavedLog();
  const [chosen, setChosen] = useState(0);
  const busy = phase === 'choosing' || phase === 'reading';
  const report = reports[Math.min(chosen, reports.length - 1)];
  return (
    <div className={scrolling.page}>
      <div className={scrolling.head}>
        <h1 className={page.title}>{t('savedLog.title')}</h1>
        <span className={page.spring} />
        <Button
          appearance={reports.length === 0 ? 'primary' : 'secondary'}
          icon={<FolderOpen20Regular />}
          disabledFocusable={busy}
          onClick={() => void openSavedLog()}
        >
          {t(reports.length === 0 ? 'savedLog.open' : 'savedLog.openOther')}
        </Button>
      </div>
      <Progress />
      {error ? <Failure error={error} /> : null}
      {report === undefined ? (
        <>
          <p className={styles.intro}>{t('savedLog.intro')}</p>
          <Panel title={t('savedLog.how.title')}>
            <p className={styles.intro}>{t('savedLog.how.text')}</p>
            <code className={styles.command}>{COMMAND}</code>
          </Panel>
        </>
      ) : (
        <>
          {reports.length > 1 ? (
            <TabList
              size="small"
              aria-label={t('savedLog.files')}
              selectedValue={reports.indexOf(report)}
              onTabSelect={(_, data) => setChosen(Number(data.value))}
            >
              {reports.map((one, index) => (
                <Tab key={one.file} value={index}>
                  {fileName(one.file)}
                </Tab>
              ))}
            </TabList>
          ) : null}
          <ReportView report={report} />
        </>
      )}
    </div>
  );
}
