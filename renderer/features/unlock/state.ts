import type { InstanceId } from '../../../shared/instance';
import type { PasswordReset } from '../../../shared/password-reset';
import { useMirror } from '../../store/window-mirror';

/** The reset of an instance's password that is under way or was just done. */
export const usePasswordReset = (id: InstanceId): PasswordReset | undefined =>
  useMirror((state) => state.base?.passwordResets.find((reset) => reset.id === id));

/** Whether the instance's cloud can set its password. */
export const useResettable = (id: InstanceId): boolean =>
  useMirror((state) => state.base?.passwordResettable.includes(id) === true);
