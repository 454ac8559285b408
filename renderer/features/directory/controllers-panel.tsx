import { type ReactElement, useState } from 'react';
import type { ControllerView, DirectoryProfile, DirectoryView } from '../../../shared/directory';
import { api } from '../../api';
import table from '../../components/data-table.module.css';
import { Panel } from '../../components/panel';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { ConfirmDialog } from '../cloud/confirm-dialog';
import { clockInWords } from '../instance/instance-header';
import styles from './directory.module.css';
import { useAcceptedHosts } from './state';

const columns = ['host', 'site', 'contact', 'clock', 'checked', 'certificate'] as const;

interface RowProps {
  readonly controller: ControllerView;
  readonly accepted: boolean;
  readonly onForget: () => void;
}

function Row({ controller, accepted, onForget }: RowProps): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { host, site, readOnly, pdc, contact, failure, checkedAtMs, roundTripMs, clockOffsetMs } = controller;
  return (
    <tr data-controller={host}>
      <th scope="row">
        <span className={styles.rowName}>{host}</span>
        {pdc ? (
          <span className={styles.mark} data-mark="truth">
            {t('directories.controllers.pdc')}
          </span>
        ) : null}{' '}
        {readOnly ? <span className={styles.mark}>{t('directories.controllers.readOnly')}</span> : null}
      </th>
      <td>{site ?? <span className={table.minor}>{t('directories.notKnown')}</span>}</td>
      <td>
        <span className={contact === 'fails' ? styles.warningText : undefined}>
          {t(`directories.controllers.contact.${contact}`)}
        </span>
        {roundTripMs === null ? null : (
          <span className={table.minor}>
            {' '}
            {t('directories.controllers.roundTrip', { ms: Math.round(roundTripMs) })}
          </span>
        )}
        {failure ? <div className={table.minor}>{t(failure.messageKey, failure.params)}</div> : null}
      </td>
      <td>{clockOffsetMs === null ? '' : clockInWords(clockOffsetMs, language)}</td>
      <td className={table.nowrap}>{checkedAtMs === null ? '' : <Age ms={checkedAtMs} />}</td>
      <td>
        {accepted ? (
          <>
            <div>{t('directories.controllers.certificate.accepted')}</div>
            <button
              type="button"
              className={styles.link}
              aria-label={t('directories.controllers.certificate.forget.label', { host })}
              onClick={onForget}
            >
              {t('directories.controllers.certificate.forget')}
            </button>
          </>
        ) : null}
      </td>
    </tr>
  );
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

interface Props {
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView;
}

/** Every controller of the domain, the PDC emulator first: what it is, and whether it answers us. */
export function ControllersPanel({ profile, view }: Props): ReactElement {
  const { t } = useLanguage();
  const accepted = useAcceptedHosts(profile.id);
  const [forgetting, setForgetting] = useState<string | null>(null);
  const controllers = [...view.controllers].sort(
    (a, b) =>
      Number(b.pdc) - Number(a.pdc) ||
      (a.site ?? '').localeCompare(b.site ?? '') ||
      a.host.localeCompare(b.host),
  );
  return (
    <Panel title={t('directories.controllers.title')} flush>
      {controllers.length === 0 ? (
        <p className={styles.below}>{t('directories.controllers.none')}</p>
      ) : (
        <div className={table.scroller}>
          <table
            className={`${table.table} ${table.breaking} ${styles.table}`}
            aria-label={t('directories.controllers.title')}
          >
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`directories.controllers.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {controllers.map((controller) => (
                <Row
                  key={controller.host}
                  controller={controller}
                  accepted={accepted.some((host) => same(host, controller.host))}
                  onForget={() => setForgetting(controller.host)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {forgetting === null ? null : (
        <ConfirmDialog
          title={t('directories.controllers.certificate.forget.title', { host: forgetting })}
          text={t('directories.controllers.certificate.forget.text')}
          action={t('directories.controllers.certificate.forget')}
          onConfirm={() => {
            const host = accepted.find((one) => same(one, forgetting)) ?? forgetting;
            setForgetting(null);
            void report(t, api.directory.forgetCertificate({ id: profile.id, host }));
          }}
          onClose={() => setForgetting(null)}
        />
      )}
    </Panel>
  );
}
