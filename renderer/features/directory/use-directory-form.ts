import { useEffect, useState } from 'react';
import type { DirectoryProfile } from '../../../shared/directory';
import { type FormState, useFormState } from '../../components/form/use-form-state';
import { useUi } from '../../store/ui';
import {
  type DirectoryDraft,
  type DirectoryInput,
  draftOf,
  emptyDraft,
  isChanged,
  type SavedPassword,
  savedPassword,
  validate,
} from './draft';
import { useDirectoryProfiles, usePasswordMissing } from './state';

export interface DirectoryForm extends FormState<DirectoryInput> {
  readonly draft: DirectoryDraft;
  readonly saved: SavedPassword;
  set(change: Partial<DirectoryDraft>): void;
}

/** The state of the form. `original` is the directory that is edited; `domain` is given for a new one. */
export function useDirectoryForm(
  original: DirectoryProfile | undefined,
  domain: string | null,
): DirectoryForm {
  const [initial] = useState(() => (original ? draftOf(original) : emptyDraft(domain)));
  const [draft, setDraft] = useState(initial);
  const setUnsaved = useUi((state) => state.setUnsaved);
  const profiles = useDirectoryProfiles();
  const missing = usePasswordMissing(original?.id ?? null);

  useEffect(() => setUnsaved(isChanged(draft, initial)), [draft, initial, setUnsaved]);

  const saved = savedPassword(draft, original, missing);
  const others = profiles.filter(({ id }) => id !== original?.id);
  const state = useFormState(validate(draft, saved, others));
  return { ...state, draft, saved, set: (change) => setDraft((before) => ({ ...before, ...change })) };
}
