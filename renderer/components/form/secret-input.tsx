import { Button, Input } from '@fluentui/react-components';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { type ReactElement, useState } from 'react';
import { useLanguage } from '../../i18n/language';
import { fieldId } from './fields';

interface Props {
  readonly field: string;
  readonly value: string;
  /** What stands in place of a secret that is kept; null where none is. */
  readonly kept: string | null;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

/** A secret that is typed; it can be looked at while it is. */
export function SecretInput({ field, value, kept, onChange, onLeave }: Props): ReactElement {
  const { t } = useLanguage();
  const [visible, setVisible] = useState(false);
  return (
    <Input
      id={fieldId(field)}
      type={visible ? 'text' : 'password'}
      autoComplete="new-password"
      spellCheck={false}
      value={value}
      {...(kept === null ? {} : { placeholder: kept })}
      onChange={(_, data) => onChange(data.value)}
      onBlur={onLeave}
      contentAfter={
        <Button
          appearance="transparent"
          size="small"
          aria-pressed={visible}
          aria-label={t(visible ? 'profile.secret.hide' : 'profile.secret.show')}
          icon={visible ? <EyeOff20Regular /> : <Eye20Regular />}
          onClick={() => setVisible(!visible)}
        />
      }
    />
  );
}
