import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { IncidentSummary } from '../../../shared/incident';
import type { IncidentFormat } from '../../../shared/incident-contract';
import { api } from '../../api';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';

const formats = ['markdown', 'pdf', 'json'] as const satisfies readonly IncidentFormat[];

interface Props {
  readonly incident: IncidentSummary;
  readonly onChanged: () => void;
}

/** Where the incident leads, its export, and closing or opening it by hand. */
export function IncidentActions({ incident, onChanged }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const toast = useUi((state) => state.toast);
  const { id, instanceId, state, closedBy } = incident;
  const watched = useProfile(instanceId) !== undefined;
  const [asking, setAsking] = useState(false);
  const save = async (format: IncidentFormat): Promise<void> => {
    const answer = await api.incidents.export({ id, format });
    if (!answer.ok)
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    else if (answer.value)
      toast({ text: t('incident.exported', answer.value), intent: 'success', undo: null });
  };
  const change = async (request: Parameters<typeof report>[1]): Promise<void> => {
    if (await report(t, request)) onChanged();
  };
  return (
    <>
      {state === 'open' ? (
        <Button appearance="primary" onClick={() => go({ page: 'checklist', incidentId: id })}>
          {t('incident.checklist')}
        </Button>
      ) : null}
      {watched ? (
        <Button onClick={() => go({ page: 'instance', instanceId, accountKey: incident.focusAccountKey })}>
          {t('incident.instance')}
        </Button>
      ) : null}
      {formats.map((format) => (
        <Button key={format} onClick={() => void save(format)}>
          {t(`incident.export.${format}`)}
        </Button>
      ))}
      {state === 'open' ? (
        <Button onClick={() => setAsking(true)}>{t('incident.close')}</Button>
      ) : closedBy === 'joined' ? null : (
        <Button onClick={() => void change(api.incidents.reopen({ id }))}>{t('incident.reopen')}</Button>
      )}
      {asking ? (
        <CloseDialog
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void change(api.incidents.close({ id, confirmed: true }));
          }}
        />
      ) : null}
    </>
  );
}

interface CloseDialogProps {
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

function CloseDialog({ onCancel, onConfirm }: CloseDialogProps): ReactElement {
  const { t } = useLanguage();
  useReturnFocus();
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => (data.open ? undefined : onCancel())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('incident.close.title')}</DialogTitle>
          <DialogContent>{t('incident.close.text')}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{t('common.cancel')}</Button>
            </DialogTrigger>
            <Button appearance="primary" onClick={onConfirm}>
              {t('incident.close.confirm')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
