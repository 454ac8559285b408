import { describe, expect, it } from 'vitest';
import { externalPageSchema } from '../../../shared/contract';
import { externalAddress } from './external-pages';

describe('openExternal opens pages of a fixed table only', () => {
  it.each(externalPageSchema.options)('knows where %s is', (page) => {
    expect(externalAddress(page)).toMatch(/^https:\/\//);
  });

  it.each(['https://learn.microsoft.com', '__proto__', 'toString', ''])(
    'does not take %s for an id',
    (id) => {
      expect(externalAddress(id)).toBeUndefined();
    },
  );

  it.each([
    'https://github.com.evil.example/',
    'https://github.com@evil.example/',
    'https://user:word@github.com/',
    'http://github.com/',
    'https://github.com:444/',
    'file:///etc/passwd',
    'nonsense',
  ])('compares the parsed origin, so that %s is refused', (address) => {
    expect(externalAddress('page', { page: address })).toBeUndefined();
  });
});
