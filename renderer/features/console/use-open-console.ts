import type { ConsoleKind } from '../../../shared/console';
import type { OpenConsole } from '../../../shared/console-contract';
import type { InstanceId } from '../../../shared/instance';
import { useMirror } from '../../store/window-mirror';

/** The console window of an instance that is open now. */
export const useOpenConsole = (id: InstanceId, kind: ConsoleKind): OpenConsole | undefined =>
  useMirror((state) => state.base?.consoles.find((one) => one.id === id && one.kind === kind));
