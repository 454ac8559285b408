import type { DirectoryView } from '../../shared/directory';
import type { MirrorState } from '../store/mirror';
import type { BannerView } from './banner-model';

type Base = NonNullable<MirrorState['base']>;

const REFUSED: readonly string[] = [
  'directory.bindRefused',
  'directory.passwordRefused',
  'directory.bindUnanswered',
  'directory.encryptionRequired',
];

/** The directory's user was not let in, and only the admin can change that. */
const isRefused = ({ connection, failure }: DirectoryView): boolean =>
  connection === 'needsAdmin' && failure !== null && REFUSED.includes(failure.code);

/** What waits for the admin at directories: certificates, passwords, users that are not let in. */
export function directoryBanners(base: Base): BannerView[] {
  const banners: BannerView[] = [];
  const nameOf = (id: string): string => base.directoryProfiles.find((one) => one.id === id)?.name ?? '';
  const questions = base.certificateQuestions.filter(({ directoryId }) => directoryId !== null);
  const question = questions[0];
  if (question?.directoryId) {
    const { directoryId, certificate } = question;
    banners.push({
      id: 'certificates',
      kind: questions.some(({ pinned }) => pinned !== null) ? 'error' : 'warning',
      message: {
        key: 'banner.certificates',
        params: { count: questions.length, name: nameOf(directoryId) },
      },
      dismissible: false,
      action: {
        kind: 'dialog',
        label: 'banner.certificates.review',
        dialog: { kind: 'directoryCertificate', directoryId, host: certificate.host },
      },
    });
  }
  const without = base.directoriesWithoutPassword;
  const [first] = without;
  if (first !== undefined) {
    banners.push({
      id: 'directoryPasswords',
      kind: 'warning',
      message: { key: 'banner.directoryPasswords', params: { count: without.length, name: nameOf(first) } },
      dismissible: false,
      action: {
        kind: 'dialog',
        label: 'banner.directoryPasswords.enter',
        dialog: { kind: 'directoryProfile', id: first, domain: null },
      },
    });
  }
  const refused = base.directories.filter((view) => isRefused(view) && !without.includes(view.id));
  const [one] = refused;
  if (one !== undefined) {
    banners.push({
      id: 'directoryRefused',
      kind: 'warning',
      message: { key: 'banner.directoryRefused', params: { count: refused.length, name: nameOf(one.id) } },
      dismissible: false,
      action: {
        kind: 'page',
        label: 'banner.directoryRefused.look',
        to: { page: 'directory', directoryId: one.id },
      },
    });
  }
  return banners;
}
