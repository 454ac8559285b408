import { Earth16Filled } from '@fluentui/react-icons/svg/earth';
import { QuestionCircle16Filled } from '@fluentui/react-icons/svg/question-circle';
import type { ReactElement } from 'react';
import type { ExposureRow } from '../../../shared/isolation';
import table from '../../components/data-table.module.css';
import { useLanguage } from '../../i18n/language';
import { dangerKey, effectOf, groupNames, sourceOf, stands } from './exposure-model';
import styles from './isolation.module.css';
import { portsInWords } from './rule-words';

const MAX_BLOCKS = 6;

function Source({ row }: { readonly row: ExposureRow }): ReactElement {
  const { t, say } = useLanguage();
  const world = row.danger === 'world';
  const marked = world || row.danger === 'unreadable';
  return (
    <>
      <div className={stands(row) ? styles.alarmLine : styles.line}>
        {marked ? (
          <span className={styles.smallIcon} aria-hidden="true">
            {world ? <Earth16Filled /> : <QuestionCircle16Filled />}
          </span>
        ) : null}
        <span className={styles.anywhere}>{say(sourceOf(row.rule))}</span>
      </div>
      <div className={styles.minor}>{t(dangerKey(row))}</div>
    </>
  );
}

function Effect({
  row,
  nameOf,
}: {
  readonly row: ExposureRow;
  readonly nameOf: (id: string) => string;
}): ReactElement {
  const { t, say } = useLanguage();
  const inEffect = row.effect === 'effective' || row.effect === 'partial';
  const blocks = row.lets.slice(0, MAX_BLOCKS);
  const more = row.letsMore || row.lets.length > MAX_BLOCKS;
  return (
    <>
      <div className={inEffect ? styles.strong : undefined}>{t(`exposure.effect.word.${row.effect}`)}</div>
      <div className={styles.minor}>
        {say(effectOf(row, nameOf))}
        {row.effect === 'partial' && blocks.length > 0
          ? ` ${t(more ? 'exposure.lets.more' : 'exposure.lets', { blocks: blocks.join(', ') })}`
          : ''}
      </div>
    </>
  );
}

function Rule({ row }: { readonly row: ExposureRow }): ReactElement {
  const { t } = useLanguage();
  return (
    <>
      <div className={styles.anywhere}>{row.groupName || row.groupId}</div>
      <div className={styles.minor}>
        {t('exposure.priority', { priority: row.rule.priority })}
        {row.rule.id === null ? '' : ` · ${row.rule.id}`}
      </div>
      {row.sharedWith > 0 ? (
        <div className={styles.minor}>{t('exposure.sharedWith', { count: row.sharedWith })}</div>
      ) : null}
      {row.managedGroup ? <div className={styles.minor}>{t('exposure.managed')}</div> : null}
    </>
  );
}

const columns = ['source', 'ports', 'effect', 'rule', 'interface'] as const;

/** Every rule that accepts RDP, the most dangerous first, with what is left of it. */
export function ExposureTable({ rows }: { readonly rows: readonly ExposureRow[] }): ReactElement {
  const { t, say } = useLanguage();
  const nameOf = groupNames(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label={t('exposure.table')}>
      <table className={`${table.table} ${styles.table}`} aria-label={t('exposure.table')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`exposure.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-danger={row.danger} data-effect={row.effect}>
              <td>
                <Source row={row} />
              </td>
              <td>
                <div className={styles.nowrap}>{portsInWords(row.rule, say)}</div>
                {row.otherPorts ? <div className={styles.minor}>{t('exposure.otherPorts')}</div> : null}
              </td>
              <td>
                <Effect row={row} nameOf={nameOf} />
              </td>
              <td>
                <Rule row={row} />
              </td>
              <td>
                <div className={styles.nowrap}>{row.interfaceId}</div>
                <div className={styles.minor}>
                  {t(row.primaryInterface ? 'exposure.interface.primary' : 'exposure.interface.secondary')}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
