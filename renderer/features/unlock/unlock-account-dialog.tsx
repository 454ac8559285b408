import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { Box } from './box';
import styles from './unlock.module.css';
import { UnlockPlanView } from './unlock-plan';
import { type UnlockFlow, useUnlock } from './use-unlock';

function Outcome({ outcome }: { readonly outcome: NonNullable<UnlockFlow['outcome']> }): ReactElement {
  const { say } = useLanguage();
  const proven = outcome.kind === 'done' && outcome.verified;
  const tone = proven ? 'success' : outcome.kind === 'refused' ? 'danger' : 'warning';
  return (
    <>
      <Box tone={tone} alert>
        <p className={styles.paragraph}>{say(outcome.text)}</p>
      </Box>
      {outcome.kind !== 'done' && outcome.error ? <Failure error={outcome.error} /> : null}
    </>
  );
}

/** Somebody at the console can do what this session may not. */
const CONSOLE_HELPS = new Set(['unlock.refusal.self', 'unlock.refusal.notElevated']);

interface Props {
  readonly id: InstanceId;
  readonly accountKey: string;
  readonly onClose: () => void;
}

/** Looks, shows, asks, unlocks once, and says what it came to. */
export function UnlockAccountDialog({ id, accountKey, onClose }: Props): ReactElement {
  const { t, say } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const instance = useMirror((state) => state.profiles[id]?.name ?? '');
  const known = useMirror(
    (state) => state.fleet[id]?.accounts.find(({ key }) => key === accountKey)?.name ?? accountKey,
  );
  const flow = useUnlock(id, accountKey);
  const { preview, error, running, outcome, replaced, look, apply } = flow;
  const [reason, setReason] = useState('');
  useReturnFocus();
  const plan = outcome ? null : (preview?.plan ?? null);
  const name = plan?.name ?? known;
  const isolateFirst = plan?.isolation === 'recommended';
  const why = outcome ? undefined : preview?.refusal?.key;
  const again =
    !running &&
    !plan &&
    (outcome ? !(outcome.kind === 'done' && outcome.verified) : preview !== null || error !== null);
  return (
    <Dialog open onOpenChange={(_, data) => (data.open || running ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(620px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('unlock.title', { name, instance })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack} style={{ padding: '2px 0' }}>
              {replaced ? (
                <Box tone="warning" alert>
                  <p className={styles.paragraph}>{t('unlock.replaced')}</p>
                </Box>
              ) : null}
              {outcome ? <Outcome outcome={outcome} /> : null}
              {error ? <Failure error={error} /> : null}
              {!outcome && preview?.error ? <Failure error={preview.error} /> : null}
              {!outcome && preview?.refusal ? (
                <Box title={t('unlock.notPossible')} alert>
                  <p className={styles.paragraph}>{say(preview.refusal)}</p>
                </Box>
              ) : null}
              {!outcome && !preview && !error ? <Loading label={t('unlock.looking', { name })} /> : null}
              {plan ? (
                <>
                  <UnlockPlanView plan={plan} />
                  <Field label={t('unlock.reason')} hint={t('unlock.reason.hint')}>
                    <Input value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
                  </Field>
                </>
              ) : null}
              {running ? <Loading label={t('unlock.running', { name })} /> : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabledFocusable={running}>
              {t(outcome || !plan ? 'common.close' : 'common.cancel')}
            </Button>
            {why !== undefined && CONSOLE_HELPS.has(why) ? (
              <Button onClick={() => openDialog({ kind: 'openConsole', id })}>
                {t('unlock.openConsole')}
              </Button>
            ) : null}
            {why === 'unlock.refusal.noController' ? (
              <Button onClick={() => go({ page: 'directory' })}>{t('unlock.openDirectory')}</Button>
            ) : null}
            {again ? <Button onClick={look}>{t('unlock.lookAgain')}</Button> : null}
            {plan ? (
              <Button
                appearance={isolateFirst ? 'secondary' : 'primary'}
                disabledFocusable={running}
                onClick={() => (running ? undefined : apply(reason))}
              >
                {t(isolateFirst ? 'unlock.confirm.anyway' : 'unlock.confirm', { name })}
              </Button>
            ) : null}
            {plan && isolateFirst ? (
              <Button
                appearance="primary"
                disabledFocusable={running}
                onClick={() => (running ? undefined : openDialog({ kind: 'isolate', ids: [id] }))}
              >
                {t('unlock.isolateFirst')}
              </Button>
            ) : null}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
