import { describe, expect, it, vi } from 'vitest';
import { createSafeStorageCipher, type SafeStorage } from './cipher';

const sync = (backend: string, available = true): SafeStorage => ({
  isEncryptionAvailable: () => available,
  encryptString: (text) => Buffer.from(`s:${text}`),
  decryptString: (bytes) => bytes.toString().slice(2),
  getSelectedStorageBackend: () => backend,
});

describe('the cipher of the operating system', () => {
  it.each([
    ['gnome_libsecret', true],
    ['kwallet6', true],
    ['basic_text', false],
    ['unknown', false],
  ])('judges %s on Linux', async (backend, safe) => {
    expect(await createSafeStorageCipher(sync(backend), 'linux').open()).toEqual({ safe, backend });
  });

  it('is not safe when encryption is not available', async () => {
    expect(await createSafeStorageCipher(sync('gnome_libsecret', false), 'linux').open()).toMatchObject({
      safe: false,
    });
  });

  it.each([
    ['win32', 'dpapi'],
    ['darwin', 'keychain'],
  ] as const)('names the vault of %s', async (platform, backend) => {
    expect(await createSafeStorageCipher(sync('basic_text'), platform).open()).toEqual({
      safe: true,
      backend,
    });
  });

  it('uses the synchronous calls where there are no others', async () => {
    const cipher = createSafeStorageCipher(sync('gnome_libsecret'), 'linux');
    const bytes = await cipher.encrypt('x');
    expect(await cipher.decrypt(bytes)).toEqual({ text: 'x', reEncrypt: false });
  });

  it('prefers the asynchronous calls and passes on that a text should be encrypted anew', async () => {
    const encryptString = vi.fn();
    const cipher = createSafeStorageCipher(
      {
        ...sync('gnome_libsecret', false),
        encryptString,
        isAsyncEncryptionAvailable: async () => true,
        encryptStringAsync: async (text) => Buffer.from(`a:${text}`),
        decryptStringAsync: async (bytes) => ({ result: bytes.toString().slice(2), shouldReEncrypt: true }),
      },
      'linux',
    );
    expect(await cipher.open()).toMatchObject({ safe: true });
    expect(await cipher.decrypt(await cipher.encrypt('x'))).toEqual({ text: 'x', reEncrypt: true });
    expect(encryptString).not.toHaveBeenCalled();
  });
});
