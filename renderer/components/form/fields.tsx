import { Field, Input } from '@fluentui/react-components';
import type { InputHTMLAttributes, ReactElement } from 'react';
import { useLanguage } from '../../i18n/language';
import type { FormState } from './use-form-state';

interface TextFieldProps {
  readonly form: FormState;
  /** The field's name in the validation: `name`, `ssh.host`. */
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions?: readonly string[];
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
  readonly placeholder?: string;
}

export const fieldId = (field: string): string => `profile-${field.replaceAll('.', '-')}`;

/** What to show below a field: its error once it was left, else what may surprise, else its hint. */
export function useFieldState(
  form: FormState,
  field: string,
): {
  validationState: 'error' | 'warning' | 'none';
  validationMessage: string | null;
} {
  const { say } = useLanguage();
  const error = form.shownErrors[field];
  if (error) return { validationState: 'error', validationMessage: say(error) };
  const warning = form.validation.warnings[field];
  if (warning) return { validationState: 'warning', validationMessage: say(warning) };
  return { validationState: 'none', validationMessage: null };
}

export function TextField(props: TextFieldProps): ReactElement {
  const {
    form,
    field,
    label,
    hint,
    required = false,
    value,
    onChange,
    suggestions,
    inputMode,
    placeholder,
  } = props;
  const id = fieldId(field);
  const listId = `${id}-list`;
  return (
    <Field
      label={{ children: label, htmlFor: id }}
      hint={hint ?? null}
      required={required}
      {...useFieldState(form, field)}
    >
      <Input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        {...(inputMode ? { inputMode } : {})}
        {...(placeholder ? { placeholder } : {})}
        input={suggestions && suggestions.length > 0 ? { list: listId } : {}}
        contentAfter={
          suggestions && suggestions.length > 0 ? (
            <datalist id={listId}>
              {suggestions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          ) : null
        }
        onChange={(_, data) => onChange(data.value)}
        onBlur={() => form.touch(field)}
      />
    </Field>
  );
}
