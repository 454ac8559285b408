import { describe, expect, it } from 'vitest';
import { hasInspectFuse, testHooksAllowed } from './run-kind';

const executable = (fuses: string) =>
  Buffer.concat([
    Buffer.from('ELF…dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuses.length]),
    Buffer.from(`${fuses}rest`),
  ]);

describe('hooks for tests', () => {
  it('are off unless they are asked for', () => {
    expect(testHooksAllowed({ wanted: undefined, isPackaged: false, executable: '' })).toBe(false);
  });

  it('are allowed in a run from source', () => {
    expect(testHooksAllowed({ wanted: '1', isPackaged: false, executable: '' })).toBe(true);
  });

  it('are refused in a release, whatever the environment says', () => {
    const read = () => executable('00001100');
    expect(testHooksAllowed({ wanted: '1', isPackaged: true, executable: 'app', read })).toBe(false);
  });

  it('are allowed in a package built for tests, which has the inspect fuse on', () => {
    const read = () => executable('00011100');
    expect(testHooksAllowed({ wanted: '1', isPackaged: true, executable: 'app', read })).toBe(true);
  });

  it('are refused where there is no fuse to read', () => {
    expect(hasInspectFuse(Buffer.from('nothing'))).toBe(false);
    expect(hasInspectFuse(executable('000'))).toBe(false);
  });
});
