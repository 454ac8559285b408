import type { ReactElement } from 'react';
import type { PolicyChoice, TradeOff } from '../../../shared/trade-off';
import { useLanguage } from '../../i18n/language';
import styles from './policy.module.css';
import { rowsOf } from './trade-off-model';

const columns = [
  'policy',
  'lockouts',
  'byUsers',
  'shutOut',
  'locked',
  'guesses',
  'perDay',
  'ceiling',
] as const;

function PolicyName({ choice }: { readonly choice: PolicyChoice }): ReactElement {
  const { t, fmt } = useLanguage();
  const { threshold, windowMinutes, durationMinutes } = choice;
  if (threshold === 0) return <>{t('tradeOff.policy.never')}</>;
  const values = {
    threshold,
    window: fmt.duration(windowMinutes * 60),
    duration: fmt.duration(durationMinutes * 60),
  };
  return <>{t(durationMinutes === 0 ? 'tradeOff.policy.untilAdmin' : 'tradeOff.policy.auto', values)}</>;
}

/** What each policy would have made of the same failures. */
export function TradeOffTable(props: {
  readonly answer: TradeOff;
  readonly own: PolicyChoice;
}): ReactElement {
  const { t, fmt } = useLanguage();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`tradeOff.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(props.answer, props.own).map(({ kind, figures }) => (
            <tr key={`${kind} ${JSON.stringify(figures.choice)}`} data-kind={kind}>
              <th scope="row">
                <PolicyName choice={figures.choice} />
                <span className={styles.mark}>{t(`tradeOff.row.${kind}`)}</span>
              </th>
              <td>{fmt.number(figures.lockouts)}</td>
              <td>{fmt.number(figures.lockoutsByUsers)}</td>
              <td>{fmt.number(figures.shutOut)}</td>
              <td>{fmt.duration(figures.lockedSeconds)}</td>
              <td>{fmt.number(figures.guessesJudged)}</td>
              <td>{fmt.number(figures.guessesPerDay)}</td>
              <td>
                {figures.ceilingPerDay === null ? t('tradeOff.unlimited') : fmt.number(figures.ceilingPerDay)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
