import { Field, Input } from '@fluentui/react-components';
import { type ReactElement, useEffect, useId, useState } from 'react';
import { useLanguage } from '../../i18n/language';
import styles from './settings.module.css';
import { parseNumber } from './settings-model';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly onSave: (value: number) => void;
}

/** A number that is saved when its field is left or Enter is pressed, and stays as typed while it does not fit. */
export function NumberSetting(props: Props): ReactElement {
  const { label, hint, unit, value, min, max, whole = false, onSave } = props;
  const { say } = useLanguage();
  const [text, setText] = useState(String(value));
  const [checked, setChecked] = useState(false);
  const id = useId();
  useEffect(() => setText(String(value)), [value]);
  const parsed = parseNumber(text, min, max, whole);
  const commit = (): void => {
    setChecked(true);
    if ('value' in parsed && parsed.value !== value) onSave(parsed.value);
  };
  return (
    <div className={styles.numberField}>
      <div className={styles.numberLabel}>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      </div>
      <Field validationMessage={checked && 'error' in parsed ? say(parsed.error) : null}>
        <Input
          id={id}
          inputMode="decimal"
          value={text}
          contentAfter={unit}
          onChange={(_, data) => setText(data.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
        />
      </Field>
    </div>
  );
}
