import { Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { DriftDecisions, DriftItem } from '../../../shared/isolation';
import type { IngressRule } from '../../../shared/network';
import table from '../../components/data-table.module.css';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';
import { ruleInWords } from './rule-words';

interface Props {
  readonly items: readonly DriftItem[];
  readonly decisions: DriftDecisions;
  readonly onDecisions: (decisions: DriftDecisions) => void;
}

/** What somebody else changed since the recording, three-way, and which one is to be. */
export function DriftTable({ items, decisions, onDecisions }: Props): ReactElement {
  const language = useLanguage();
  const { t, say } = language;
  const words = (rule: IngressRule | null): string =>
    rule === null ? t('undo.drift.absent') : ruleInWords(rule, language);
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>{t('undo.drift', { count: items.length })}</h3>
      <p className={styles.paragraph}>{t('undo.drift.text')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label={t('undo.drift.table')}>
        <table className={`${table.table} ${styles.table}`} aria-label={t('undo.drift.table')}>
          <thead>
            <tr>
              {(['what', 'original', 'ours', 'now', 'decision'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`undo.drift.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              const what = say(item.phrase);
              return (
                <tr key={item.id}>
                  <td>{what}</td>
                  <td>{words(item.original)}</td>
                  <td>{words(item.ours)}</td>
                  <td>{words(item.now)}</td>
                  <td>
                    <RadioGroup
                      aria-label={t('undo.drift.decide', { what })}
                      value={decisions[item.id] ?? item.proposed}
                      onChange={(_, data) =>
                        onDecisions({
                          ...decisions,
                          [item.id]: data.value === 'original' ? 'original' : 'keep',
                        })
                      }
                    >
                      <Radio value="keep" label={t('undo.drift.keep')} />
                      <Radio value="original" disabled={!item.canRestore} label={t('undo.drift.original')} />
                    </RadioGroup>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}
