import { useEffect, useState } from 'react';
import type { DirectoryProfile } from '../../../shared/directory';
import { useUi } from '../../store/ui';
import {
  type DirectoryDraft,
  draftOf,
  emptyDraft,
  type FieldErrors,
  isChanged,
  type SavedPassword,
  savedPassword,
  type Validation,
  validate,
} from './draft';
import { useDirectoryProfiles, usePasswordMissing } from './state';

export interface DirectoryForm {
  readonly draft: DirectoryDraft;
  readonly validation: Validation;
  /** Errors of fields that were left or submitted: nobody is told off while typing for the first time. */
  readonly shownErrors: FieldErrors;
  readonly saved: SavedPassword;
  set(change: Partial<DirectoryDraft>): void;
  touch(field: string): void;
  /** Shows every error; true when there are none. */
  submit(): boolean;
}

/** The state of the form. `original` is the directory that is edited; `domain` is given for a new one. */
export function useDirectoryForm(
  original: DirectoryProfile | undefined,
  domain: string | null,
): DirectoryForm {
  const [initial] = useState(() => (original ? draftOf(original) : emptyDraft(domain)));
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const setUnsaved = useUi((state) => state.setUnsaved);
  const profiles = useDirectoryProfiles();
  const missing = usePasswordMissing(original?.id ?? null);

  useEffect(() => setUnsaved(isChanged(draft, initial)), [draft, initial, setUnsaved]);

  const saved = savedPassword(draft, original, missing);
  const others = profiles.filter(({ id }) => id !== original?.id);
  const validation = validate(draft, saved, others);
  const shownErrors = submitted
    ? validation.errors
    : Object.fromEntries(Object.entries(validation.errors).filter(([field]) => touched.has(field)));
  return {
    draft,
    validation,
    shownErrors,
    saved,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    touch: (field) => setTouched((before) => (before.has(field) ? before : new Set([...before, field]))),
    submit: () => {
      setSubmitted(true);
      return validation.value !== null;
    },
  };
}
