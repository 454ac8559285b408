import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Checklist, ChecklistPart } from '../../../shared/checklist';
import { checklistPages } from '../../../shared/runbook';
import { api } from '../../api';
import { LearnMore } from '../../components/learn-more';
import { Age, Countdown } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { useCloudAccounts } from '../isolation/state';
import styles from './checklist.module.css';
import { actionsOf, handOf, isNext, leadOf } from './checklist-model';
import { PartState } from './part-state';

interface Props {
  readonly checklist: Checklist;
  readonly part: ChecklistPart;
}

function Said({ part }: Pick<Props, 'part'>): ReactElement {
  const { t, say } = useLanguage();
  const { state, by, who, atMs, evidence, countdown } = part;
  const byWhom = by === null ? null : by === 'hand' ? 'hand' : who === null ? 'evidence' : 'evidenceOf';
  return (
    <>
      <p className={styles.said}>
        <PartState state={state} />
        {byWhom === null ? null : <span>{t(`checklist.by.${byWhom}`, { who: who ?? '' })}</span>}
        {atMs === null ? null : <Age ms={atMs} />}
        {part.optional && state !== 'done' && state !== 'notNeeded' ? (
          <span className={styles.optional}>{t('checklist.optional')}</span>
        ) : null}
      </p>
      {evidence === null ? null : <p className={styles.evidence}>{say(evidence)}</p>}
      {countdown === null ? null : (
        <p className={styles.evidence}>
          {say(countdown.label)} <Countdown toMs={countdown.untilMs} />
        </p>
      )}
    </>
  );
}

function Buttons({ checklist, part }: Props): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const hasAccount = useCloudAccounts().length > 0;
  const { incidentId, instanceId } = checklist;
  const next = isNext(checklist, part);
  const hand = handOf(part);
  const name = t('checklist.part', { part: part.id });
  const actions = actionsOf(part);
  if (actions.length === 0 && hand === null) return null;
  const tick = (done: boolean): void =>
    void report(t, api.checklist.tick({ incidentId, part: part.id, done }));
  return (
    <div className={styles.buttons}>
      {actions.map((action, index) => (
        <Button
          key={action.kind}
          size="small"
          appearance={next && index === 0 ? 'primary' : 'secondary'}
          onClick={() => {
            const lead = leadOf(action, instanceId, hasAccount);
            if (lead.kind === 'dialog') openDialog(lead.dialog);
            else go(lead.to);
          }}
        >
          {t(`checklist.action.${action.kind}`)}
        </Button>
      ))}
      {hand === null ? null : (
        <Button
          size="small"
          appearance="subtle"
          aria-label={t(`checklist.${hand}Of`, { part: name })}
          onClick={() => tick(hand === 'tick')}
        >
          {t(`checklist.${hand}`)}
        </Button>
      )}
    </div>
  );
}

/** One part of a step: what to do, how it stands and why that is known, and the buttons for it. */
export function PartItem({ checklist, part }: Props): ReactElement {
  const { t, say } = useLanguage();
  const next = isNext(checklist, part);
  const name = t('checklist.part', { part: part.id });
  return (
    <li
      id={`part-${part.id}`}
      className={styles.part}
      data-state={part.state}
      data-next={next}
      aria-current={next ? 'step' : undefined}
      tabIndex={next ? -1 : undefined}
    >
      <h3 className={styles.what}>
        {next ? <span className={styles.next}>{t('checklist.next')}</span> : null}
        {say(part.what)}
      </h3>
      <Said part={part} />
      <details className={styles.why}>
        <summary aria-label={t('checklist.whyOf', { part: name })}>{t('checklist.why')}</summary>
        <p>
          {say(part.why)} <LearnMore about={name} place={{ pageId: checklistPages[part.id] }} />
        </p>
      </details>
      <Buttons checklist={checklist} part={part} />
    </li>
  );
}
