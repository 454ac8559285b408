import { Button, Field, Input, Select } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import type { PolicyView } from '../../../shared/account-status';
import type { PolicyChoice, TradeOffScope } from '../../../shared/trade-off';
import { api } from '../../api';
import { Empty, Failure, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import { PolicyPanel } from '../instance/policy-panel';
import styles from './policy.module.css';
import {
  asked,
  type ChoiceText,
  choiceFields,
  comparisons,
  meaningOf,
  parseChoice,
  spans,
  textOf,
} from './trade-off-model';
import { TradeOffTable } from './trade-off-table';
import { usePolicyOf } from './use-policy-of';

interface Question {
  readonly own: PolicyChoice;
  readonly days: number;
}

const usual: PolicyChoice = comparisons[1] ?? { threshold: 10, windowMinutes: 10, durationMinutes: 10 };

const choiceOf = (policy: PolicyView | null): PolicyChoice =>
  policy === null || policy.threshold === 0
    ? usual
    : {
        threshold: policy.threshold,
        windowMinutes: Math.max(1, Math.round(policy.observationWindowSeconds / 60)),
        durationMinutes: Math.round((policy.lockoutDurationSeconds ?? 0) / 60),
      };

function Meaning({ choice }: { readonly choice: PolicyChoice }): ReactElement {
  const { t, fmt } = useLanguage();
  return (
    <>
      {meaningOf(choice).map(({ key, params }) => {
        const { window = 0, duration = 0, ...rest } = params;
        const values = { ...rest, window: fmt.duration(window), duration: fmt.duration(duration) };
        return (
          <p key={key} className={styles.text}>
            {t(key, values)}
          </p>
        );
      })}
    </>
  );
}

function Answer({
  scope,
  question,
}: {
  readonly scope: TradeOffScope;
  readonly question: Question;
}): ReactElement {
  const { t, fmt, say } = useLanguage();
  const { own, days } = question;
  const key = JSON.stringify([scope, question]);
  const { data, error, loading, reload } = useLoaded(
    () => api.policy.tradeOff({ scope, days, choices: asked(own) }),
    key,
    key,
  );
  useEffect(() => () => void api.policy.cancelTradeOff(null), []);
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!data || loading)
    return (
      <>
        <Loading label={t('tradeOff.running')} />
        <Button onClick={() => void api.policy.cancelTradeOff(null)}>{t('tradeOff.cancel')}</Button>
      </>
    );
  const { guessers, users, unknown } = data.attempts;
  if (guessers + users + unknown === 0) return <p className={styles.text}>{t('tradeOff.nothing')}</p>;
  const span = { from: fmt.full(data.fromMs), to: fmt.full(data.toMs) };
  return (
    <>
      <p className={styles.text}>
        {t('tradeOff.seen', { ...span, guesses: guessers, users, unknown, accounts: data.accounts })}
      </p>
      <TradeOffTable answer={data} own={own} />
      <h3>{t('tradeOff.assumptions')}</h3>
      <ul className={styles.list}>
        {data.assumptions.map((assumption) => (
          <li key={assumption.key}>{say(assumption)}</li>
        ))}
      </ul>
    </>
  );
}

/** A lockout policy in words, and what other values would have made of the failures that were seen. */
export function PolicyPage({ scope }: { readonly scope: TradeOffScope }): ReactElement {
  const { t } = useLanguage();
  const found = usePolicyOf(scope);
  const go = useUi((state) => state.go);
  const [text, setText] = useState<ChoiceText>(() => textOf(choiceOf(found?.policy ?? null)));
  const [days, setDays] = useState(30);
  const [question, setQuestion] = useState<Question | null>(null);
  if (!found) {
    return (
      <Empty page title={t('tradeOff.gone')}>
        <Button onClick={() => go({ page: 'fleet' })}>{t('instance.back')}</Button>
      </Empty>
    );
  }
  const parsed = parseChoice(text);
  const errors = 'errors' in parsed ? parsed.errors : {};
  const run = (event: FormEvent): void => {
    event.preventDefault();
    if ('choice' in parsed) setQuestion({ own: parsed.choice, days });
  };
  return (
    <div className={styles.page}>
      <div>
        <Button onClick={() => go(found.back)}>{t('tradeOff.back')}</Button>
      </div>
      <h1 className={styles.title}>{t('tradeOff.title', { name: found.name })}</h1>
      <PolicyPanel policy={found.policy} />
      <Panel title={t('tradeOff.values')}>
        {(['threshold', 'window', 'duration'] as const).map((value) => (
          <p key={value} className={styles.text}>
            {t(`tradeOff.values.${value}`)}
          </p>
        ))}
      </Panel>
      <Panel title={t('tradeOff.try')}>
        <form className={styles.form} onSubmit={run}>
          {choiceFields.map((field) => (
            <Field
              key={field}
              className={styles.field ?? ''}
              label={t(`tradeOff.${field}`)}
              hint={t(`tradeOff.${field}.hint`)}
              validationMessage={errors[field] === undefined ? null : t(errors[field])}
            >
              <Input
                inputMode="numeric"
                value={text[field]}
                contentAfter={
                  <span className={styles.unit}>
                    {t(field === 'threshold' ? 'tradeOff.threshold.unit' : 'tradeOff.minutes')}
                  </span>
                }
                onChange={(_, data) => setText({ ...text, [field]: data.value })}
              />
            </Field>
          ))}
          <Field label={t('tradeOff.days')}>
            <Select value={String(days)} onChange={(_, data) => setDays(Number(data.value))}>
              {spans.map((count) => (
                <option key={count} value={count}>
                  {t('tradeOff.days.value', { count })}
                </option>
              ))}
            </Select>
          </Field>
          <div className={styles.run}>
            <Button type="submit" appearance="primary" disabled={!('choice' in parsed)}>
              {t('tradeOff.run')}
            </Button>
          </div>
        </form>
        {'choice' in parsed ? <Meaning choice={parsed.choice} /> : null}
        {question ? <Answer scope={scope} question={question} /> : null}
      </Panel>
    </div>
  );
}
