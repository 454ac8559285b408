import { safeStorage } from 'electron';
import { type Cipher, createSafeStorageCipher } from './cipher';

/** The operating system's vault through Electron. Use it after the app's `ready` event. */
export const createOsCipher = (): Cipher => createSafeStorageCipher(safeStorage, process.platform);
