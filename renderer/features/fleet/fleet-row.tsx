import { memo, type ReactElement } from 'react';
import { CountBar } from '../../components/count-bar';
import { GridCell, GridRow } from '../../components/grid';
import { PracticeBadge } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import { Age, NextEventText } from '../../components/time';
import { VerdictText, verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import { usePractice } from '../../store/window-mirror';
import { IsolationBadge } from '../isolation/isolation-badge';
import styles from './fleet.module.css';
import type { FleetRow } from './fleet-model';
import { NoneFailing } from './none-failing';
import { RowMenu } from './row-menu';

const NAMED = 2;

function Accounts({ row }: { readonly row: FleetRow }): ReactElement {
  const { t } = useLanguage();
  const { locked, counting } = row;
  const failing = [...locked, ...counting];
  if (failing.length === 0) return <NoneFailing row={row} />;
  const counts = [
    locked.length > 0 ? t('fleet.locked', { count: locked.length }) : '',
    counting.length > 0 ? t('fleet.counting', { count: counting.length }) : '',
  ];
  return (
    <>
      <div className={styles.ellipsis} title={failing.map((account) => account.name).join(', ')}>
        {failing.slice(0, NAMED).map((account, index) => (
          <span key={account.key}>
            {index > 0 ? ', ' : ''}
            <span className={styles[account.status === 'locked' ? 'lockedNames' : 'countingNames']}>
              {account.name}
            </span>
          </span>
        ))}
        {failing.length > NAMED ? ` ${t('fleet.more', { count: failing.length - NAMED })}` : ''}
      </div>
      <div className={`${styles.minor} ${styles.ellipsis}`}>
        {row.verdict ? (
          <span className={styles.narrowVerdict}>
            <VerdictText verdict={row.verdict} />
            {', '}
          </span>
        ) : null}
        {counts.filter(Boolean).join(', ')}
      </div>
    </>
  );
}

function Known({ row }: { readonly row: FleetRow }): ReactElement {
  const { t } = useLanguage();
  const { worst, next, coming, verdict } = row;
  return (
    <>
      <GridCell className={styles.cell}>
        <Accounts row={row} />
      </GridCell>
      <GridCell className={styles.cell}>{worst ? <CountBar account={worst} /> : null}</GridCell>
      <GridCell className={styles.cell}>
        {next ? (
          <>
            <NextEventText event={next} />
            <div className={`${styles.minor} ${styles.ellipsis}`}>
              {coming ? (
                <>
                  {coming.account}: <NextEventText event={coming} />
                </>
              ) : (
                next.account
              )}
            </div>
          </>
        ) : null}
      </GridCell>
      <GridCell className={`${styles.cell} ${styles.verdictCell}`}>
        {verdict ? (
          <>
            <div className={styles.ellipsis}>
              <VerdictText verdict={verdict} />
            </div>
            <div className={`${styles.minor} ${styles.ellipsis}`} title={verdictCertainty(verdict, t)}>
              {verdictCertainty(verdict, t)}
            </div>
          </>
        ) : null}
      </GridCell>
    </>
  );
}

function NotKnown({ row }: { readonly row: FleetRow }): ReactElement {
  const { t, say, has } = useLanguage();
  const { reason, lastKnown } = row.shown;
  const short = row.needsAdmin ? `fleet.needsAdmin.${row.view?.failure?.code}` : '';
  return (
    <GridCell aria-colspan={4} className={`${styles.cell} ${styles.reason}`}>
      {row.needsAdmin ? <strong>{t('fleet.needsAdmin')}: </strong> : null}
      {row.profile.watch === 'off'
        ? t('instance.connection.off')
        : has(short)
          ? t(short)
          : reason
            ? say(reason)
            : null}
      {lastKnown ? `. ${t('fleet.lastKnown', { status: t(`status.inSentence.${lastKnown}`) })}` : null}
      {row.next?.kind === 'retries' ? (
        <span className={styles.minor}>
          {' '}
          <NextEventText event={row.next} />
        </span>
      ) : null}
    </GridCell>
  );
}

interface Props {
  readonly row: FleetRow;
  readonly start: number;
  readonly index: number;
  readonly focusable: boolean;
  readonly active: boolean;
  /** Below a group header. */
  readonly grouped: boolean;
  readonly onOpen: (id: string) => void;
}

export const FleetRowView = memo(function FleetRowView(props: Props): ReactElement {
  const { row, start, index, focusable, active, grouped, onOpen } = props;
  const { t } = useLanguage();
  const practice = usePractice(row.id);
  const { profile, shown } = row;
  return (
    <GridRow
      aria-rowindex={index + 2}
      aria-level={grouped ? 2 : undefined}
      tabIndex={focusable ? 0 : -1}
      data-fleet-focus={focusable}
      data-index={index}
      data-status={shown.status}
      data-active={active}
      data-instance={row.id}
      className={`${styles.cells} ${styles.row}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onOpen(row.id)}
    >
      <GridCell className={styles.cell}>
        <StatusBadge status={shown.status} />
      </GridCell>
      <GridCell className={styles.cell}>
        <div className={styles.line}>
          <span className={`${styles.strong} ${styles.ellipsis}`} title={profile.name}>
            {profile.name}
          </span>
          <IsolationBadge id={row.id} />
          {practice ? <PracticeBadge /> : null}
        </div>
        <div className={`${styles.line} ${styles.minor}`}>
          <span className={styles.ellipsis}>{profile.ssh.host}</span>
          {profile.tags.slice(0, 2).map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </div>
      </GridCell>
      {shown.status === 'unknown' ? <NotKnown row={row} /> : <Known row={row} />}
      <GridCell className={`${styles.cell} ${styles.minor}`}>
        {shown.checkedAtMs === null ? t('common.never') : <Age ms={shown.checkedAtMs} />}
      </GridCell>
      <GridCell className={styles.cell}>
        <RowMenu id={row.id} name={profile.name} focusable={focusable} />
      </GridCell>
    </GridRow>
  );
});
