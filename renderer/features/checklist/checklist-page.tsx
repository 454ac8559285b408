import { Button } from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Checklist, ChecklistStep } from '../../../shared/checklist';
import { Empty } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { RdpPanel } from '../rdp/rdp-panel';
import styles from './checklist.module.css';
import { ChecklistHead } from './checklist-head';
import { changedParts } from './checklist-model';
import { PartItem } from './part-item';
import { PartState } from './part-state';
import { useChecklist } from './state';

function Step({
  checklist,
  step,
  number,
}: {
  readonly checklist: Checklist;
  readonly step: ChecklistStep;
  readonly number: number;
}): ReactElement {
  const { t, say } = useLanguage();
  const { id, state, notes, parts } = step;
  return (
    <li className={styles.step} data-state={state}>
      <div className={styles.stepHead}>
        <h2 className={styles.stepTitle}>
          {number}. {t(`checklist.step.${id}`)}
        </h2>
        <PartState state={state} />
      </div>
      {state === 'done' || state === 'notNeeded' ? null : (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note.key}>{say(note)}</li>
          ))}
        </ul>
      )}
      <ul className={styles.parts}>
        {parts.map((part) => (
          <PartItem key={part.id} checklist={checklist} part={part} />
        ))}
      </ul>
    </li>
  );
}

/** Says what has changed to those who do not see it. */
function Announcer({ checklist }: { readonly checklist: Checklist }): ReactElement {
  const { t } = useLanguage();
  const before = useRef<Checklist | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const changed = changedParts(before.current, checklist);
    before.current = checklist;
    if (changed.length === 0) return;
    setSaid(
      changed
        .map(({ id: part, state }) => t('checklist.announce', { part, state: t(`checklist.state.${state}`) }))
        .join('. '),
    );
  }, [checklist, t]);
  return (
    <p className={styles.hidden} role="status">
      {said}
    </p>
  );
}

/** The page opens at what comes next; the keyboard goes on from there. */
function useFocusOnNext(checklist: Checklist | undefined): void {
  const next = checklist?.next?.part;
  const done = useRef(false);
  useEffect(() => {
    if (done.current || next === undefined) return;
    done.current = true;
    // The frame gives the focus to the page in this very turn; what comes next has it after that.
    queueMicrotask(() => {
      const active = document.activeElement;
      if (active !== null && active !== document.body && active.tagName !== 'MAIN') return;
      document.getElementById(`part-${next}`)?.focus();
    });
  }, [next]);
}

/** From the locked account to a working one, step by step, each ticked by what shows that it is done. */
export function ChecklistPage({ incidentId }: { readonly incidentId: string }): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const checklist = useChecklist(incidentId);
  const closedBy = useMirror(
    (state) => state.base?.incidents.find(({ id }) => id === incidentId)?.closedBy ?? null,
  );
  useFocusOnNext(checklist);
  if (!checklist) {
    return (
      <Empty
        page
        title={t('checklist.gone.title')}
        text={t('checklist.gone.text', { closedBy: closedBy ?? 'unknown' })}
      >
        <Button appearance="primary" onClick={() => go({ page: 'incident', incidentId })}>
          {t('checklist.gone.record')}
        </Button>
      </Empty>
    );
  }
  return (
    <div className={styles.page}>
      <ChecklistHead checklist={checklist} />
      <Announcer checklist={checklist} />
      <div className={styles.columns}>
        <ol className={styles.steps}>
          {checklist.steps.map((step, index) => (
            <Step key={step.id} checklist={checklist} step={step} number={index + 1} />
          ))}
        </ol>
        <aside className={styles.beside}>
          <RdpPanel id={checklist.instanceId} />
        </aside>
      </div>
    </div>
  );
}
