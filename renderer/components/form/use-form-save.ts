import { type FormEvent, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { Result } from '../../../shared/result';
import { fieldId } from './fields';
import type { FormState } from './use-form-state';

interface FormSaveOptions<Value, Saved> {
  readonly form: FormState<Value>;
  readonly send: (value: Value) => Promise<Result<Saved>>;
  readonly onSaved: (saved: Saved) => void;
}

export interface FormSave<Value = unknown> {
  readonly saving: boolean;
  readonly error: AppError | null;
  /** What is entered; null when something is missing, whose field then has the focus. */
  complete(): Value | null;
  save(event: FormEvent): void;
}

/** Sends a form once it is complete. What was typed survives every error. */
export function useFormSave<Value, Saved>(options: FormSaveOptions<Value, Saved>): FormSave<Value> {
  const { form, send, onSaved } = options;
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const complete = (): Value | null => {
    const { value, errors } = form.validation;
    if (form.submit() && value !== null) return value;
    const first = Object.keys(errors)[0];
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
    return null;
  };
  const sendComplete = async (): Promise<void> => {
    const value = complete();
    if (value === null) return;
    setSaving(true);
    setError(null);
    const answer = await send(value);
    setSaving(false);
    if (answer.ok) onSaved(answer.value);
    else setError(answer.error);
  };
  return {
    saving,
    error,
    complete,
    save: (event) => {
      event.preventDefault();
      void sendComplete();
    },
  };
}
