import { describe, expect, it } from 'vitest';
import { refuseSwitches } from './release-switches';

const lineWith = (...names: string[]) => {
  const switches = new Set(names);
  return {
    switches,
    hasSwitch: (name: string) => switches.has(name),
    removeSwitch: (name: string) => void switches.delete(name),
  };
};

describe('the switches that an app is started with', () => {
  it('open no release to a debugger or a listener', () => {
    const line = lineWith(
      'remote-debugging-port',
      'ignore-certificate-errors',
      'ssl-key-log-file',
      'hidden',
      'lang',
    );
    refuseSwitches(line, true);
    expect([...line.switches]).toEqual(['hidden', 'lang']);
  });

  it('stay in development and under test', () => {
    const line = lineWith('remote-debugging-port');
    refuseSwitches(line, false);
    expect([...line.switches]).toEqual(['remote-debugging-port']);
  });
});
