import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import type { DriftDecisions, PlanKind, Strategy } from '../../../shared/isolation';
import type { PlanPreview } from '../../../shared/isolation-contract';
import { Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { CloudFailure } from './cloud-failure';
import styles from './isolation.module.css';
import { PlanList } from './plan-list';
import { confirmationOf, runnable, sameShape } from './plan-model';
import { PlanView } from './plan-view';
import { ReasonFields, type Why } from './reason-fields';
import { RunResults } from './run-results';
import { usePlans, useRun } from './use-plans';

interface Props {
  readonly kind: PlanKind;
  readonly title: string;
  readonly ids: readonly InstanceId[];
  /** Null: the addresses are not settled yet, so there is no plan. */
  readonly trusted: readonly string[] | null;
  /** Above the plan: who is let in. */
  readonly children?: ReactNode;
  /** In place of the plan's button while there is no plan. */
  readonly before?: ReactNode;
  /** A plan that main has made already. */
  readonly given?: PlanPreview;
  readonly onClose: () => void;
}

const nothing: Why = { reason: '', incident: '' };

/** Preview, one confirmation, then what becomes of it. What is applied is exactly what is in sight. */
export function PlanFlow(props: Props): ReactElement {
  const { kind, title, ids, trusted, children, before, given, onClose } = props;
  const { t } = useLanguage();
  const [strategy, setStrategy] = useState<Strategy | null>(null);
  const [why, setWhy] = useState(nothing);
  const [decisions, setDecisions] = useState<DriftDecisions>({});
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const request =
    trusted === null || given
      ? null
      : { ids: [...ids], kind, strategy, trusted: [...trusted], ...why, driftDecisions: decisions };
  const made = usePlans(request);
  const { run, error, replaced, start, look, forget } = useRun();
  const atHand = replaced ?? (given ? [given] : null);
  const plans = atHand ? { ...made, previews: atHand, loading: false } : made;
  useReturnFocus();

  // A click that comes while the plan is made anew for a reason just typed waits for it, and goes on only if
  // the new plan does the same.
  const [armed, setArmed] = useState<readonly PlanPreview[] | null>(null);
  const [changed, setChanged] = useState(false);
  const confirmation = confirmationOf(plans.previews);
  const { apply, ask, type, alone } = confirmation;
  const confirmed = (!ask || asked) && (type === null || typed.trim() === type);
  const latest = useRef(() => start(apply, type === null ? '' : typed.trim()));
  latest.current = () => start(apply, type === null ? '' : typed.trim());
  const { loading, previews } = plans;
  useEffect(() => {
    if (armed === null || loading) return;
    setArmed(null);
    if (sameShape(armed, previews)) latest.current();
    else setChanged(true);
  }, [armed, loading, previews]);
  // What was agreed to was the old plan: the new one is never in sight with the old one's confirmation.
  const [agreedOn, setAgreedOn] = useState(replaced);
  if (agreedOn !== replaced) {
    setAgreedOn(replaced);
    setAsked(false);
    setTyped('');
  }
  // A plan for something else than what main has replaced is made anew.
  const anew =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      if (replaced === null || given) return;
      forget();
      made.reload();
    };
  const press = (): void => {
    if (!confirmed) return;
    setChanged(false);
    if (loading) setArmed(previews);
    else latest.current();
  };

  const single = plans.previews.length === 1 ? plans.previews[0] : undefined;
  const planned = trusted !== null || given !== undefined;
  const outrun = run?.notBegun?.replaced ?? [];
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(860px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {run ? (
              <RunResults run={run} />
            ) : (
              <div className={styles.top} style={{ padding: '2px 0' }}>
                {children}
                {planned && !given ? <ReasonFields onChange={anew(setWhy)} /> : null}
                {error ? <CloudFailure error={error} /> : null}
                {plans.error ? <CloudFailure error={plans.error} onRetry={plans.reload} /> : null}
                {changed || replaced ? (
                  <p className={`${styles.warnings} ${styles.paragraph}`} role="alert">
                    {t(changed ? 'isolate.changedMeanwhile' : 'isolate.replaced')}
                  </p>
                ) : null}
                {planned && loading && previews.length === 0 ? (
                  <Loading label={t('isolate.planning', { count: ids.length })} />
                ) : null}
                {single ? (
                  <PlanView
                    preview={single}
                    onStrategy={kind === 'isolate' ? anew(setStrategy) : null}
                    decisions={decisions}
                    onDecisions={anew(setDecisions)}
                    onRetry={plans.reload}
                  />
                ) : null}
                {previews.length > 1 ? <PlanList previews={previews} onRetry={plans.reload} /> : null}
                {alone.length > 0 ? (
                  <p className={`${styles.warnings} ${styles.paragraph}`}>
                    {t('isolate.alone', { names: alone.map((one) => one.plan.instance.name).join(', ') })}
                  </p>
                ) : null}
                {ask ? (
                  <Checkbox
                    label={t('isolate.ask', { count: apply.length })}
                    checked={asked}
                    onChange={(_, data) => setAsked(data.checked === true)}
                  />
                ) : null}
                {type === null ? null : (
                  <Field label={t('isolate.type', { name: type })} hint={t(`isolate.type.${kind}`)}>
                    <Input
                      value={typed}
                      autoComplete="off"
                      spellCheck={false}
                      onChange={(_, data) => setTyped(data.value)}
                    />
                  </Field>
                )}
              </div>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t(run ? 'common.close' : 'common.cancel')}</Button>
            {run && outrun.length > 0 ? (
              <Button appearance="primary" onClick={() => look(outrun)}>
                {t('isolate.result.look', { count: outrun.length })}
              </Button>
            ) : null}
            {run ? null : planned ? (
              <Button
                appearance="primary"
                disabledFocusable={!confirmed || apply.length === 0 || armed !== null}
                onClick={press}
              >
                {armed !== null
                  ? t('isolate.preparing')
                  : t(`isolate.apply.${kind}`, {
                      count: Math.max(1, runnable(previews).length - alone.length),
                    })}
              </Button>
            ) : (
              before
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
