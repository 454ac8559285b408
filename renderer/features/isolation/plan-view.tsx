import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { DriftDecisions, Plan, Strategy } from '../../../shared/isolation';
import type { PlanPreview } from '../../../shared/isolation-contract';
import { useLanguage } from '../../i18n/language';
import { CloudFailure } from './cloud-failure';
import { DriftTable } from './drift-table';
import styles from './isolation.module.css';
import { asSentence, touched, unknowns } from './plan-model';
import { PlanSteps } from './plan-steps';
import { useNames } from './remaining-paths';

interface StrategyProps {
  readonly plan: Plan;
  readonly onStrategy: (strategy: Strategy) => void;
}

/** The strategy that was chosen and why, and the others with what they would touch. */
function StrategyChoice({ plan, onStrategy }: StrategyProps): ReactElement {
  const { t, say } = useLanguage();
  const alternatives = plan.alternatives.filter((one) => one.strategy !== plan.strategy);
  const radius = (count: number | null): string =>
    count === null ? '' : t('isolate.strategy.touches', { count });
  return (
    <Field label={t('isolate.strategy')}>
      <RadioGroup value={plan.strategy} onChange={(_, data) => onStrategy(data.value as Strategy)}>
        <Radio
          value={plan.strategy}
          label={
            <span className={styles.choice}>
              <span className={styles.strong}>{t(`isolate.strategy.${plan.strategy}`)}</span>
              <span className={styles.minor}>
                {asSentence(say(plan.reason))} {radius(touched(plan).length)}
              </span>
            </span>
          }
        />
        {alternatives.map((one) => (
          <Radio
            key={one.strategy}
            value={one.strategy}
            disabled={!one.possible}
            label={
              <span className={styles.choice}>
                <span>{t(`isolate.strategy.${one.strategy}`)}</span>
                <span className={styles.minor}>
                  {asSentence(say(one.reason))} {radius(one.otherInstances)}
                </span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

function BlastRadius({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useLanguage();
  const names = useNames();
  const groups = plan.blastRadius
    .map((group) => ({
      ...group,
      others: group.instances.filter((one) => one.id !== plan.instance.instanceId),
    }))
    .filter((group) => group.others.length > 0);
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>{t('isolate.radius')}</h3>
      {groups.length === 0 ? (
        <p className={styles.paragraph}>{t('isolate.radius.none')}</p>
      ) : (
        <ul className={styles.list}>
          {groups.map((group) => (
            <li key={group.groupId}>
              {t(group.otherPorts ? 'isolate.radius.group.ports' : 'isolate.radius.group', {
                group: group.groupName || group.groupId,
                count: group.others.length,
                names: names(group.others.map((one) => one.name || one.id)),
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What this does not do, and what nobody knows. */
function Unknown({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useLanguage();
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>{t('isolate.unknown')}</h3>
      <ul className={styles.list}>
        {unknowns(plan).map((topic) => (
          <li key={topic}>{t(`isolate.unknown.${topic}`, { port: String(plan.rdpPort) })}</li>
        ))}
      </ul>
    </div>
  );
}

interface Props {
  readonly preview: PlanPreview;
  /** Null where there is no choice of strategy. */
  readonly onStrategy: ((strategy: Strategy) => void) | null;
  readonly decisions: DriftDecisions;
  readonly onDecisions: (decisions: DriftDecisions) => void;
  readonly onRetry: () => void;
}

/** One instance's plan: what is done, to whom else, what is warned of and what is not known. */
export function PlanView({ preview, onStrategy, decisions, onDecisions, onRetry }: Props): ReactElement {
  const { t, say } = useLanguage();
  const { plan, refusal, error, drift } = preview;
  return (
    <div className={styles.top} style={{ padding: 0 }}>
      {error ? <CloudFailure error={error} onRetry={onRetry} /> : null}
      {refusal ? (
        <p className={`${styles.refusal} ${styles.paragraph}`} role="status">
          {say(refusal.phrase)}
        </p>
      ) : null}
      {drift.length > 0 ? <DriftTable items={drift} decisions={decisions} onDecisions={onDecisions} /> : null}
      {plan ? (
        <>
          {plan.warnings.length > 0 ? (
            <section className={styles.warnings} aria-label={t('isolate.warnings')}>
              <ul className={styles.list}>
                {plan.warnings.map((warning) => (
                  <li key={`${warning.key}${JSON.stringify(warning.params)}`}>{say(warning)}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {onStrategy && plan.alternatives.length > 0 ? (
            <StrategyChoice plan={plan} onStrategy={onStrategy} />
          ) : (
            <p className={styles.paragraph}>
              {plan.kind === 'isolate' ? (
                <>
                  <strong>{t(`isolate.strategy.${plan.strategy}`)}</strong>
                  {'. '}
                </>
              ) : null}
              {asSentence(say(plan.reason))}
            </p>
          )}
          <p className={styles.paragraph}>
            {t(`isolate.expected.${plan.expected}`, { port: String(plan.rdpPort) })}
          </p>
          <BlastRadius plan={plan} />
          <PlanSteps steps={plan.steps} />
          <Unknown plan={plan} />
        </>
      ) : null}
    </div>
  );
}
