import { Checkbox, Field, Input } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';

export interface Comparison {
  readonly host: string;
  /** The words of the box to tick. */
  readonly compared: string;
  /** The words of the field for the host's name. */
  readonly type: string;
}

interface Props extends Comparison {
  readonly onConfirm: (confirmed: boolean) => void;
}

/** Confirmed once the admin says that both fingerprints were compared and has typed the host's name. */
export function Compared({ host, compared: comparedLabel, type, onConfirm }: Props): ReactElement {
  const [compared, setCompared] = useState(false);
  const [typed, setTyped] = useState('');
  const update = (nextCompared: boolean, nextTyped: string): void => {
    setCompared(nextCompared);
    setTyped(nextTyped);
    onConfirm(nextCompared && nextTyped.trim().toLowerCase() === host.toLowerCase());
  };
  return (
    <>
      <Checkbox
        label={comparedLabel}
        checked={compared}
        onChange={(_, data) => update(data.checked === true, typed)}
      />
      {compared ? (
        <Field label={type}>
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, data) => update(true, data.value)}
          />
        </Field>
      ) : null}
    </>
  );
}
