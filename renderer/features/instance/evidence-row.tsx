import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { memo, type ReactElement, useState } from 'react';
import type { EvidenceRow } from '../../../shared/evidence-view';
import { eventPlace } from '../../../shared/runbook';
import table from '../../components/data-table.module.css';
import { LearnMore } from '../../components/learn-more';
import { useLanguage } from '../../i18n/language';
import { ExplainedValue } from './explained-value';
import styles from './instance.module.css';

/** One stored event; it opens to its fields as they were written. */
export const EvidenceRowView = memo(function EvidenceRowView({
  row,
}: {
  readonly row: EvidenceRow;
}): ReactElement {
  const { t, fmt, say } = useLanguage();
  const [open, setOpen] = useState(false);
  const fields = [
    [t('evidence.field.channel'), row.channel],
    [t('evidence.field.record'), String(row.recordId)],
    [t('evidence.field.computer'), row.computer],
    ...Object.entries(row.fields),
  ] as const;
  return (
    <>
      <tr>
        <td className={table.nowrap}>{fmt.dateTime(row.atMs)}</td>
        <td className="tabular">
          <LearnMore place={eventPlace(row.eventId)} about={t('runbook.event', { id: String(row.eventId) })}>
            {String(row.eventId)}
          </LearnMore>
        </td>
        <td className={row.kind === 'lock' ? `${styles.urgent} ${table.nowrap}` : table.nowrap}>
          {t(`evidence.kind.${row.kind}`)}
        </td>
        <td>{row.account ?? ''}</td>
        <td>
          {[row.address, row.workstation].filter(Boolean).join(', ')}
          {row.addressInferredFrom === null ? null : (
            <div className={table.minor}>
              {t('evidence.inferredFrom', { source: row.addressInferredFrom })}
            </div>
          )}
        </td>
        <td>{row.explanation ? say(row.explanation) : ''}</td>
        <td>
          <button
            type="button"
            className={styles.expander}
            aria-expanded={open}
            aria-label={t('evidence.expand', { record: String(row.recordId) })}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          </button>
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={7}>
            <dl className={styles.fields}>
              {fields.map(([name, value], index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a field may be named like one of ours; the order is fixed
                <div key={index} style={{ display: 'contents' }}>
                  <dt>{name}</dt>
                  <dd>
                    <ExplainedValue name={name} value={value} />
                  </dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      ) : null}
    </>
  );
});
