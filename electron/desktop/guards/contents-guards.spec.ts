import { EventEmitter } from 'node:events';
import type { App, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../log/log';
import { guardAllContents } from './contents-guards';

function newContents(mayNavigate: (url: string) => boolean = () => false) {
  const app = new EventEmitter();
  const log = createLog(
    () => undefined,
    () => 0,
  );
  const guards = guardAllContents(app as unknown as App, mayNavigate, log);
  let opening: (() => unknown) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => unknown) => {
      opening = handler;
    },
  });
  app.emit('web-contents-created', {}, contents);
  const prevented = (event: string, url = 'lockwatch://app/other.html'): boolean => {
    let stopped = false;
    contents.emit(event, {
      url,
      preventDefault: () => {
        stopped = true;
      },
    });
    return stopped;
  };
  const setRule = (rule: (url: string) => boolean) =>
    guards.setRule(contents as unknown as WebContents, rule);
  return { app, prevented, setRule, open: () => opening?.() };
}

describe('every web contents, from its birth', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'is refused %s',
    (event) => {
      expect(newContents().prevented(event)).toBe(true);
    },
  );

  it('opens no window', () => {
    expect(newContents().open()).toEqual({ action: 'deny' });
  });

  it('shows nobody a certificate of the user', () => {
    const chosen: unknown[][] = [];
    let stopped = false;
    const event = {
      preventDefault: () => {
        stopped = true;
      },
    };
    const certificates = [{ subjectName: 'Anna' }];
    const choose = (...given: unknown[]) => chosen.push(given);
    newContents().app.emit('select-client-certificate', event, {}, 'https://a.example', certificates, choose);
    expect(stopped).toBe(true);
    expect(chosen).toEqual([[]]);
  });

  it('may reload its page where that is allowed, in development', () => {
    const contents = newContents((url) => url === 'http://localhost:5173/');
    expect(contents.prevented('will-navigate', 'http://localhost:5173/')).toBe(false);
    expect(contents.prevented('will-navigate', 'http://localhost:51/')).toBe(true);
    expect(contents.prevented('will-attach-webview', 'http://localhost:5173/')).toBe(true);
  });

  it('may have a rule of its own, which loosens nothing but where it goes and nothing for others', () => {
    const provider = newContents();
    provider.setRule((url) => url === 'https://console.example/');
    expect(provider.prevented('will-navigate', 'https://console.example/')).toBe(false);
    expect(provider.prevented('will-redirect', 'https://elsewhere.example/')).toBe(true);
    expect(provider.prevented('will-attach-webview', 'https://console.example/')).toBe(true);
    expect(provider.open()).toEqual({ action: 'deny' });
    expect(newContents().prevented('will-navigate', 'https://console.example/')).toBe(true);
  });
});
