import { useState } from 'react';
import type { FieldErrors, Validation } from './validation';

export interface FormState<Value = unknown> {
  readonly validation: Validation<Value>;
  /** Errors of fields that were left or submitted: nobody is told off while typing for the first time. */
  readonly shownErrors: FieldErrors;
  touch(field: string): void;
  /** Shows every error; true when there are none. */
  submit(): boolean;
}

/** Which of the errors are shown, by which fields were left and whether the form was submitted. */
export function useFormState<Value>(validation: Validation<Value>): FormState<Value> {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const { errors, value } = validation;
  return {
    validation,
    shownErrors: submitted
      ? errors
      : Object.fromEntries(Object.entries(errors).filter(([field]) => touched.has(field))),
    touch: (field) => setTouched((before) => (before.has(field) ? before : new Set([...before, field]))),
    submit: () => {
      setSubmitted(true);
      return value !== null;
    },
  };
}
