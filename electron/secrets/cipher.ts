/** What encrypts secrets with a key that the operating system keeps. Any call may throw. */
export interface Cipher {
  /** Where the key lies, and whether that is a place worth trusting. Asked once, after the app is ready. */
  open(): Promise<{ readonly safe: boolean; readonly backend: string }>;
  encrypt(text: string): Promise<Buffer>;
  /** `reEncrypt`: the key has changed and the text should be encrypted anew. */
  decrypt(bytes: Buffer): Promise<{ readonly text: string; readonly reEncrypt: boolean }>;
}

/** The part of Electron's `safeStorage` that is used; the asynchronous forms are not in every release. */
export interface SafeStorage {
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(bytes: Buffer): Promise<{ readonly shouldReEncrypt: boolean; readonly result: string }>;
  isEncryptionAvailable?(): boolean;
  encryptString?(text: string): Buffer;
  decryptString?(bytes: Buffer): string;
  getSelectedStorageBackend?(): string;
}

/** Backends that encrypt with a key that is written in Chromium's source. */
const UNSAFE_BACKENDS = new Set(['basic_text', 'unknown']);
const NATIVE_BACKENDS: Partial<Record<NodeJS.Platform, string>> = { win32: 'dpapi', darwin: 'keychain' };

/** The cipher of this operating system, by the asynchronous calls where they exist. */
export function createSafeStorageCipher(storage: SafeStorage, platform: NodeJS.Platform): Cipher {
  const asynchronous =
    storage.isAsyncEncryptionAvailable !== undefined &&
    storage.encryptStringAsync !== undefined &&
    storage.decryptStringAsync !== undefined;

  const available = async (): Promise<boolean> =>
    asynchronous
      ? ((await storage.isAsyncEncryptionAvailable?.()) ?? false)
      : (storage.isEncryptionAvailable?.() ?? false);

  const missing = (): never => {
    throw new Error('safeStorage has no call to encrypt with');
  };

  return {
    async open() {
      const isAvailable = await available();
      const backend =
        platform === 'linux'
          ? (storage.getSelectedStorageBackend?.() ?? 'unknown')
          : (NATIVE_BACKENDS[platform] ?? 'unknown');
      return { safe: isAvailable && !UNSAFE_BACKENDS.has(backend), backend };
    },
    async encrypt(text) {
      if (asynchronous) return (await storage.encryptStringAsync?.(text)) ?? missing();
      return storage.encryptString?.(text) ?? missing();
    },
    async decrypt(bytes) {
      if (!asynchronous) return { text: storage.decryptString?.(bytes) ?? missing(), reEncrypt: false };
      const first = (await storage.decryptStringAsync?.(bytes)) ?? missing();
      return { text: first.result, reEncrypt: first.shouldReEncrypt };
    },
  };
}
