import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { InstanceView, Verdict } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import { Failure } from '../../components/panel';
import card from '../../components/status-card.module.css';
import { NextEventText } from '../../components/time';
import { VerdictText, verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import { byUrgency } from '../../status/account-order';
import { nextAccountEvent } from '../../status/next-event';
import type { ShownStatus } from '../../status/shown-status';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './instance.module.css';
import { needsNewSecret, situationOf } from './situation-model';

function Why({ verdict }: { readonly verdict: Verdict }): ReactElement {
  const { t, say } = useLanguage();
  const certainty = verdictCertainty(verdict, t);
  return (
    <div className={styles.situationPart}>
      <h3>{t('situation.why')}</h3>
      <p>
        <strong>
          <VerdictText verdict={verdict} />
        </strong>
        {certainty === '' ? '' : `, ${certainty}`}
      </p>
      <ul className={styles.reasons}>
        {verdict.reasons.map((reason) => (
          <li key={`${reason.key}${JSON.stringify(reason.params)}`}>{say(reason)}</li>
        ))}
      </ul>
    </div>
  );
}

const COMING = 3;

/** What happens next to the accounts that matter, with live countdowns. */
function Coming({
  view,
  shown,
}: {
  readonly view: InstanceView;
  readonly shown: ShownStatus;
}): ReactElement | null {
  if (shown.status !== 'locked' && shown.status !== 'counting') return null;
  const events = view.accounts
    .toSorted(byUrgency)
    .map(nextAccountEvent)
    .filter((event) => event !== null)
    .slice(0, COMING);
  if (events.length === 0) return null;
  return (
    <ul className={styles.coming}>
      {events.map((event) => (
        <li key={event.account}>
          {event.account}: <NextEventText event={event} />
        </li>
      ))}
    </ul>
  );
}

/** The buttons for what the watcher waits for. */
function Decisions({
  id,
  view,
}: {
  readonly id: InstanceId;
  readonly view: InstanceView;
}): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const hop = useMirror(
    (state) => state.base?.hostKeyQuestions.find((question) => question.instanceId === id)?.key.hop ?? null,
  );
  const secret = needsNewSecret(view);
  if (hop === null && !secret) return null;
  return (
    <div className={styles.situationActions}>
      {hop === null ? null : (
        <Button appearance="primary" onClick={() => openDialog({ kind: 'hostKey', instanceId: id, hop })}>
          {t('instance.action.hostKey')}
        </Button>
      )}
      {secret ? (
        <Button appearance="primary" onClick={() => openDialog({ kind: 'profile', id, copyOf: null })}>
          {t('instance.action.password')}
        </Button>
      ) : null}
    </div>
  );
}

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView;
  readonly shown: ShownStatus;
}

/** First thing on the page: what is wrong, why most likely, and what to do. */
export function SituationPanel({ id, view, shown }: Props): ReactElement {
  const { t, say, fmt } = useLanguage();
  const { headline, lastKnown, doubt, verdict, advice } = situationOf(view, shown);
  // Main often gives the failure's own sentence as the reason: once is enough.
  const failure =
    view.failure !== null && view.failure.messageKey !== shown.reason?.key ? view.failure : null;
  return (
    <section
      className={`${card.card} ${styles.situation}`}
      data-status={shown.status}
      aria-label={t('situation.title')}
    >
      <h2 className={styles.headline}>{say(headline)}</h2>
      {shown.status === 'unknown' ? (
        <p className={styles.reason}>
          {shown.reason ? say(shown.reason) : ''} {lastKnown ? say(lastKnown) : ''}
        </p>
      ) : null}
      {doubt ? <p className={styles.reason}>{say(doubt)}.</p> : null}
      <Coming view={view} shown={shown} />
      {verdict || advice ? (
        <div className={styles.situationParts}>
          {verdict ? <Why verdict={verdict} /> : null}
          {advice ? (
            <div className={styles.situationPart}>
              <h3>{t('situation.advice')}</h3>
              <p>
                {t(advice.phrase.key, {
                  ...advice.phrase.params,
                  ...(advice.relockSeconds === null ? {} : { time: fmt.duration(advice.relockSeconds) }),
                })}
              </p>
            </div>
          ) : null}
          {failure && shown.status === 'unknown' ? <Failure error={failure} /> : null}
        </div>
      ) : null}
      <Decisions id={id} view={view} />
    </section>
  );
}
