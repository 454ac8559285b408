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
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { Warning20Filled } from '@fluentui/react-icons/svg/warning';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { ConnectionProfile } from '../../../shared/instance';
import type { RdpClientId } from '../../../shared/rdp-client';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import { useMirror } from '../../store/window-mirror';
import { checkConnect } from './connect-model';
import styles from './rdp.module.css';
import { proofsOf } from './rdp-model';

/** Starts the system's own client towards the instance. */
export function ConnectRdpDialog({ profile }: { readonly profile: ConnectionProfile }): ReactElement {
  const { t } = useLanguage();
  const onClose = useUi((state) => state.closeDialog);
  const toast = useUi((state) => state.toast);
  const { id, name } = profile;
  const { data: clients, error: notFound, reload } = useLoaded(() => api.rdp.clients(null), 'clients', id);
  const [chosen, setChosen] = useState<RdpClientId | null>(null);
  const [user, setUser] = useState(profile.rdpUser ?? '');
  const [gateway, setGateway] = useState(profile.rdpGateway ?? '');
  const [fullScreen, setFullScreen] = useState(false);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const closed = useMirror(proofsOf(id, 'here'))?.verdict === 'closedByRule';
  useReturnFocus();
  const client = chosen ?? clients?.[0]?.id ?? null;
  const { userBroken, gatewayBroken, values } = checkConnect({ client, user, gateway, fullScreen });
  const shown = clients?.find((one) => one.id === client);

  const connect = async (): Promise<void> => {
    if (!values || starting) return;
    setStarting(true);
    setError(null);
    const answer = await api.rdp.connect({ id, ...values });
    setStarting(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    toast({
      text: t('rdp.connect.started', { client: shown?.name ?? '', name }),
      intent: 'success',
      undo: null,
    });
    onClose();
  };

  return (
    <Dialog open onOpenChange={(_, event) => (event.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(620px, 94vw)' }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void connect();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('rdp.connect.title', { name })}</DialogTitle>
            <DialogContent className={styles.form}>
              {notFound ? <Failure error={notFound} onRetry={reload} /> : null}
              {clients === null && !notFound ? <Loading label={t('common.loading')} /> : null}
              {clients?.length === 0 ? <p className={styles.intro}>{t('rdp.connect.none')}</p> : null}
              {clients && clients.length > 0 ? (
                <Field
                  label={t('rdp.connect.client')}
                  hint={shown?.inTerminal ? t('rdp.connect.inTerminal') : null}
                >
                  <RadioGroup
                    value={client ?? ''}
                    onChange={(_, data) => setChosen(data.value as RdpClientId)}
                  >
                    {clients.map((one) => (
                      <Radio key={one.id} value={one.id} label={one.name} />
                    ))}
                  </RadioGroup>
                </Field>
              ) : null}
              <div className={styles.two}>
                <Field
                  label={t('rdp.user')}
                  hint={t('rdp.user.hint')}
                  validationState={userBroken ? 'error' : 'none'}
                  validationMessage={userBroken ? t('rdp.user.broken') : null}
                >
                  <Input value={user} onChange={(_, data) => setUser(data.value)} />
                </Field>
                <Field
                  label={t('rdp.gateway')}
                  hint={t('rdp.gateway.hint')}
                  validationState={gatewayBroken ? 'error' : 'none'}
                  validationMessage={gatewayBroken ? t('rdp.gateway.broken') : null}
                >
                  <Input value={gateway} onChange={(_, data) => setGateway(data.value)} />
                </Field>
              </div>
              <Checkbox
                label={t('rdp.fullScreen')}
                checked={fullScreen}
                onChange={(_, data) => setFullScreen(data.checked === true)}
              />
              <div className={styles.warning}>
                <span className={styles.icon} aria-hidden="true">
                  <Warning20Filled />
                </span>
                <span>
                  {t('rdp.connect.warning')}
                  {closed ? ` ${t('rdp.connect.closed')}` : null}
                </span>
              </div>
              {error ? <Failure error={error} /> : null}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t('common.cancel')}</Button>
              <Button appearance="primary" type="submit" disabledFocusable={values === null || starting}>
                {t('rdp.connect')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
