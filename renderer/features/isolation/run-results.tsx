import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import { CloudFailure } from './cloud-failure';
import styles from './isolation.module.css';
import { MarkBadge } from './isolation-badge';
import { VerificationText } from './isolation-facts';
import { outcomeOf } from './plan-model';
import { ProgressLine } from './progress-line';
import { useIsolation } from './state';
import { markOf } from './status-model';
import type { Run } from './use-plans';

function Result({ id, run }: { readonly id: InstanceId; readonly run: Run }): ReactElement {
  const { t, say } = useLanguage();
  const name = useMirror((state) => state.profiles[id]?.name ?? id);
  const view = useIsolation(id);
  const refused = run.notBegun?.refused.find((one) => one.id === id);
  const replaced = run.notBegun?.replaced.some((one) => one.id === id);
  if (refused || replaced)
    return (
      <li className={styles.result} data-outcome="notBegun">
        <div className={styles.resultHead}>
          <strong>{name}</strong>
        </div>
        {refused ? (
          <CloudFailure error={refused.error} />
        ) : (
          <p className={styles.paragraph}>{t('isolate.result.replaced')}</p>
        )}
      </li>
    );
  const outcome = outcomeOf(run.before.get(id), view, run.notBegun !== null);
  const mark = outcome === 'done' ? markOf(view) : null;
  const verification = outcome === 'done' ? (view?.entry?.verification ?? null) : null;
  return (
    <li className={styles.result} data-outcome={outcome}>
      <div className={styles.resultHead}>
        <strong>{name}</strong>
        {mark ? <MarkBadge mark={mark} /> : null}
        {outcome === 'waiting' ? <span>{t('isolate.result.waiting')}</span> : null}
        {outcome === 'done' && !mark && !view?.attention ? <span>{t('isolate.result.done')}</span> : null}
      </div>
      {view?.progress ? <ProgressLine id={id} name={name} progress={view.progress} /> : null}
      {outcome === 'done' && view?.attention ? (
        <div role="alert" className={styles.strong}>
          {say(view.attention)}
        </div>
      ) : null}
      {verification ? (
        <div>
          <VerificationText verification={verification} />
        </div>
      ) : null}
    </li>
  );
}

/** What becomes of each instance, independently of the others. The dialog may be closed meanwhile. */
export function RunResults({ run }: { readonly run: Run }): ReactElement {
  const { t } = useLanguage();
  return (
    <>
      <p className={styles.paragraph}>{t('isolate.result.text')}</p>
      <ul className={styles.results}>
        {run.ids.map((id) => (
          <Result key={id} id={id} run={run} />
        ))}
      </ul>
    </>
  );
}
