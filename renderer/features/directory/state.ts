import type {
  CertificateQuestion,
  DirectoryId,
  DirectoryProfile,
  DirectoryView,
} from '../../../shared/directory';
import { useMirror } from '../../store/window-mirror';

const noProfiles: readonly DirectoryProfile[] = [];
const noViews: readonly DirectoryView[] = [];
const noHosts: readonly string[] = [];

export const useDirectoryProfiles = (): readonly DirectoryProfile[] =>
  useMirror((state) => state.base?.directoryProfiles ?? noProfiles);
export const useDirectoryViews = (): readonly DirectoryView[] =>
  useMirror((state) => state.base?.directories ?? noViews);
export const useDirectoryProfile = (id: DirectoryId | null): DirectoryProfile | undefined =>
  useMirror((state) => state.base?.directoryProfiles.find((profile) => profile.id === id));
export const useDirectoryView = (id: DirectoryId): DirectoryView | undefined =>
  useMirror((state) => state.base?.directories.find((view) => view.id === id));
export const useCertificateQuestion = (id: DirectoryId, host: string): CertificateQuestion | undefined =>
  useMirror((state) =>
    state.base?.certificateQuestions.find(
      ({ directoryId, certificate }) => directoryId === id && certificate.host === host,
    ),
  );
/** Controllers whose certificate was accepted by hand. */
export const useAcceptedHosts = (id: DirectoryId): readonly string[] =>
  useMirror(
    (state) =>
      state.base?.directoryCertificates.find(({ directoryId }) => directoryId === id)?.hosts ?? noHosts,
  );
/** Whether nobody has entered the password of its user. */
export const usePasswordMissing = (id: DirectoryId | null): boolean =>
  useMirror((state) => id !== null && state.base?.directoriesWithoutPassword.includes(id) === true);
/** An account's name where the window knows it, else its key. */
export const useAccountName = (id: DirectoryId, accountKey: string): string =>
  useMirror(
    (state) =>
      state.base?.directories.find((view) => view.id === id)?.accounts.find(({ key }) => key === accountKey)
        ?.name ?? accountKey,
  );
