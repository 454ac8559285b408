import { describe, expect, it } from 'vitest';
import { isOfficialRuntime } from './runtime-facts';

describe('the runtime', () => {
  it('is official on a supported line', () => {
    expect(isOfficialRuntime('45.4.1', '/opt/lockwatch', () => false)).toBe(true);
  });

  it('is not when its line gets no security fixes any more', () => {
    expect(isOfficialRuntime('33.2.1', '/opt/lockwatch', () => false)).toBe(false);
  });

  it('is not when it is the development runtime', () => {
    expect(isOfficialRuntime('45.4.1', '/x/electron', (path) => path === '/x/lockwatch-runtime.json')).toBe(
      false,
    );
  });
});
