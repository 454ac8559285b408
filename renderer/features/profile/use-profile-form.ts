import { useEffect, useMemo, useRef, useState } from 'react';
import type { ConnectionProfile, Hop, InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { type FormState, useFormState } from '../../components/form/use-form-state';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import {
  draftOf,
  type EndpointDraft,
  emptyDraft,
  emptyEndpoint,
  endpointsBefore,
  isChanged,
  MAX_JUMP_HOSTS,
  type ProfileDraft,
  type SavedSecret,
  savedSecret,
} from './draft';
import { type ProfileInput, validate } from './validate';

export interface ProfileForm extends FormState<ProfileInput> {
  readonly draft: ProfileDraft;
  readonly savedSecretOf: (endpoint: EndpointDraft, hop: Hop) => SavedSecret;
  set(change: Partial<ProfileDraft>): void;
  setEndpoint(id: number, change: Partial<EndpointDraft>): void;
  addJumpHost(): void;
  removeJumpHost(id: number): void;
}

type SecretStates = Readonly<Partial<Record<Hop, 'saved' | 'session' | 'missing' | 'notNeeded'>>>;

const initialDraft = (original: ConnectionProfile | undefined, copyName: string | null): ProfileDraft =>
  original === undefined ? emptyDraft : draftOf(original, copyName ?? original.name);

/** The state of the form. `original` is the profile that is edited or copied; `copyName` is set for a copy. */
export function useProfileForm(
  id: InstanceId | null,
  original: ConnectionProfile | undefined,
  copyName: string | null,
): ProfileForm {
  const [initial] = useState(() => initialDraft(original, copyName));
  const [draft, setDraft] = useState(initial);
  const [states, setStates] = useState<SecretStates>({});
  const nextEndpoint = useRef(100);
  const setUnsaved = useUi((state) => state.setUnsaved);
  const profiles = useMirror((state) => state.profiles);

  const originalId = original?.id;
  useEffect(() => {
    if (originalId === undefined) return;
    let current = true;
    void api.profiles.secretStates({ id: originalId }).then((answer) => {
      if (current && answer.ok) setStates(answer.value);
    });
    return () => {
      current = false;
    };
  }, [originalId]);

  useEffect(() => setUnsaved(isChanged(draft, initial)), [draft, initial, setUnsaved]);

  const otherNames = useMemo(() => {
    const others = Object.values(profiles).filter((profile) => profile.id !== id);
    return new Set(others.map((profile) => profile.name.toLocaleLowerCase()));
  }, [profiles, id]);

  const copied = copyName !== null;
  const savedSecretOf = (endpoint: EndpointDraft, hop: Hop): SavedSecret =>
    savedSecret(endpoint, hop, original, states, copied, endpointsBefore(draft, hop));
  const state = useFormState(validate(draft, savedSecretOf, otherNames));

  const change = (partial: Partial<ProfileDraft>): void => setDraft((before) => ({ ...before, ...partial }));
  return {
    ...state,
    draft,
    savedSecretOf,
    set: change,
    setEndpoint: (endpointId, partial) =>
      setDraft((before) => {
        const apply = (one: EndpointDraft): EndpointDraft =>
          one.id === endpointId ? { ...one, ...partial } : one;
        return { ...before, ssh: apply(before.ssh), jumpHosts: before.jumpHosts.map(apply) };
      }),
    addJumpHost: () => {
      if (draft.jumpHosts.length >= MAX_JUMP_HOSTS) return;
      nextEndpoint.current += 1;
      change({ jumpHosts: [...draft.jumpHosts, emptyEndpoint(nextEndpoint.current)] });
    },
    removeJumpHost: (endpointId) =>
      change({ jumpHosts: draft.jumpHosts.filter((endpoint) => endpoint.id !== endpointId) }),
  };
}
