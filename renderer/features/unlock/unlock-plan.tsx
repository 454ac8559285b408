import type { ReactElement } from 'react';
import type { UnlockPlan } from '../../../shared/account-unlock';
import pairs from '../../components/pairs.module.css';
import { VerdictText, verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import { Box } from './box';
import styles from './unlock.module.css';

function Where({ plan }: { readonly plan: UnlockPlan }): ReactElement {
  const { t } = useLanguage();
  const { controller, where } = plan;
  if (!controller) return <>{t('unlock.where.local', { where })}</>;
  return (
    <>
      {t('unlock.where.domain', { where, controller: controller.name })}{' '}
      {controller.pdc
        ? t('unlock.where.pdc')
        : t('unlock.where.notPdc', { pdc: controller.pdcName ?? 'none' })}
    </>
  );
}

function Standing({ plan }: { readonly plan: UnlockPlan }): ReactElement {
  const { t, fmt } = useLanguage();
  const sentences = [
    plan.lockedAtMs === null
      ? t('unlock.state.locked')
      : t('unlock.state.since', { time: fmt.full(plan.lockedAtMs) }),
    plan.autoUnlockAtMs === null ? '' : t('unlock.state.unlocksAt', { time: fmt.full(plan.autoUnlockAtMs) }),
    plan.lockedUntilAdmin ? t('unlock.state.untilAdmin') : '',
    plan.disabled ? t('unlock.state.disabled') : '',
  ];
  return <>{sentences.filter(Boolean).join(' ')}</>;
}

/** What may lock it again: the pace of the failures, the last of them, and who is behind them. */
function Relock({ plan }: { readonly plan: UnlockPlan }): ReactElement {
  const { t, fmt } = useLanguage();
  const { relockSeconds, lastFailureAtMs, lastSource, verdict, isolation } = plan;
  const nothing = relockSeconds === null && lastFailureAtMs === null;
  return (
    <ul className={styles.list}>
      {relockSeconds === null ? null : (
        <li>{t('unlock.relock.pace', { duration: fmt.duration(relockSeconds) })}</li>
      )}
      {lastFailureAtMs === null ? null : (
        <li>{t('unlock.relock.last', { time: fmt.full(lastFailureAtMs), source: lastSource ?? 'none' })}</li>
      )}
      {nothing ? <li>{t('unlock.relock.none')}</li> : null}
      {verdict.kind === 'undecided' ? null : (
        <li>
          <VerdictText verdict={verdict} />{' '}
          <span className={styles.minor}>{verdictCertainty(verdict, t)}</span>
        </li>
      )}
      {isolation === 'done' ? <li>{t('unlock.relock.isolated')}</li> : null}
    </ul>
  );
}

/** Everything that the admin should know before saying yes. */
export function UnlockPlanView({ plan }: { readonly plan: UnlockPlan }): ReactElement {
  const { t } = useLanguage();
  const { isolation } = plan;
  const attack = isolation === 'recommended' || isolation === 'recommendedNotPossible';
  return (
    <>
      <dl className={`${pairs.pairs} ${pairs.roomy}`}>
        <dt>{t('unlock.account')}</dt>
        <dd>
          <strong>{plan.domain === null ? plan.name : `${plan.domain}\\${plan.name}`}</strong>
        </dd>
        <dt>{t('unlock.sid')}</dt>
        <dd>{plan.sid}</dd>
        <dt>{t('unlock.where')}</dt>
        <dd>
          <Where plan={plan} />
        </dd>
        <dt>{t('unlock.state')}</dt>
        <dd>
          <Standing plan={plan} />
        </dd>
        <dt>{t('unlock.relock')}</dt>
        <dd>
          <Relock plan={plan} />
        </dd>
      </dl>
      {attack ? (
        <Box tone="warning" title={t('unlock.isolateFirst')}>
          <p className={styles.paragraph}>
            {t(isolation === 'recommended' ? 'unlock.isolateFirst.text' : 'unlock.isolateFirst.none')}
          </p>
        </Box>
      ) : null}
    </>
  );
}
