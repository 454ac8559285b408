import { describe, expect, it } from 'vitest';
import { completeLock, missingPlatformPackages } from './lock-file.mjs';

const lock = {
  packages: {
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/cli-linux-x64': '2.0.0', '@tool/cli-darwin-arm64': '2.0.0' },
    },
    'node_modules/@tool/cli-linux-x64': { version: '2.0.0', dev: true, optional: true },
    'node_modules/user/node_modules/tool': {
      version: '1.0.0',
      optionalDependencies: { '@tool/cli-linux-x64-musl': '1.0.0' },
    },
  },
};

describe('the lock file', () => {
  it('is found to lack the packages of other platforms', () => {
    expect(missingPlatformPackages(lock).map(({ path }) => path)).toEqual([
      'node_modules/@tool/cli-darwin-arm64',
      'node_modules/user/node_modules/@tool/cli-linux-x64-musl',
    ]);
  });

  it('is completed with entries that only their platform installs', () => {
    const { packages } = completeLock(lock);
    expect(packages['node_modules/@tool/cli-darwin-arm64']).toEqual({
      version: '2.0.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['darwin'],
    });
    expect(packages['node_modules/user/node_modules/@tool/cli-linux-x64-musl']?.libc).toEqual(['musl']);
    expect(missingPlatformPackages({ packages })).toEqual([]);
  });

  it('keeps what is known of a package that has to move', () => {
    const { packages } = completeLock({
      packages: {
        'node_modules/tool': { version: '2.0.0', optionalDependencies: { '@tool/cli-win32-x64': '2.0.0' } },
        'node_modules/user/node_modules/tool': {
          version: '1.0.0',
          optionalDependencies: { '@tool/cli-win32-x64': '1.0.0' },
        },
        'node_modules/@tool/cli-win32-x64': {
          version: '1.0.0',
          os: ['win32'],
          cpu: ['x64'],
          optional: true,
          dev: true,
        },
      },
    });
    expect(packages['node_modules/@tool/cli-win32-x64']?.version).toBe('2.0.0');
    expect(packages['node_modules/user/node_modules/@tool/cli-win32-x64']).toMatchObject({
      version: '1.0.0',
      dev: true,
    });
  });
});
