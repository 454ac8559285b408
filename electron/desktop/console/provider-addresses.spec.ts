import { describe, expect, it } from 'vitest';
import { mayGoTo, mayLoadInConsole, mayShow } from './provider-addresses';

const PAGE = 'https://g.alicdn.com/aliyun/ecs-console-vnc2/0.0.8/index.html';
const cloud = { page: PAGE, hosts: ['*.alicdn.com'], socket: 'wss://vnc.example.com' };
const standIn = { page: 'http://127.0.0.1:8080/console.html', hosts: [], socket: 'wss://vnc.example.com' };

describe('the page of a provider’s console', () => {
  it('is shown over https, and in practice from this computer only', () => {
    expect(mayShow(cloud, false)).toBe(true);
    expect(mayShow(standIn, true)).toBe(true);
    expect(mayShow(cloud, true)).toBe(false);
    expect(mayShow(standIn, false)).toBe(false);
  });

  it.each([
    { ...cloud, page: 'http://g.alicdn.com/x' },
    { ...cloud, page: 'https://user@g.alicdn.com/x' },
    { ...cloud, page: 'file:///etc/passwd' },
    { ...cloud, page: 'nonsense' },
    { ...cloud, socket: 'ws://vnc.example.com' },
    { ...cloud, socket: 'wss://127.0.0.1:5900' },
  ])('is not shown from $page with $socket', (page) => {
    expect(mayShow(page, false)).toBe(false);
  });

  it('goes to itself and nowhere else', () => {
    expect(mayGoTo(cloud, `${PAGE}?vncUrl=again#top`)).toBe(true);
    for (const address of [
      'https://g.alicdn.com/aliyun/ecs-console-vnc2/0.0.9/index.html',
      'https://g.alicdn.com/',
      PAGE.replace('https', 'http'),
      PAGE.replace('g.alicdn.com', 'g.alicdn.com.example.org'),
      PAGE.replace('g.alicdn.com', 'user@g.alicdn.com'),
      'about:blank',
      'javascript:alert(1)',
      'data:text/html,x',
      'lockwatch://app/index.html',
      'file:///etc/passwd',
    ])
      expect(mayGoTo(cloud, address), address).toBe(false);
  });

  it.each([
    `${PAGE}?vncUrl=x`,
    'https://g.alicdn.com/other.js',
    'https://at.alicdn.com/font.woff2',
    'wss://vnc.example.com/websockify/?s=x',
    'data:image/png;base64,AA==',
  ])('loads %s', (address) => {
    expect(mayLoadInConsole(cloud, address)).toBe(true);
  });

  it.each([
    'http://g.alicdn.com/other.js',
    'https://alicdn.com.example.org/x.js',
    'https://evilalicdn.com/x.js',
    'https://g.alicdn.com:8443/x.js',
    'https://log.mmstat.com/pixel.gif',
    'wss://other.example.com/',
    'ws://vnc.example.com/',
    'wss://vnc.example.com:8443/',
    'http://127.0.0.1:8080/',
    'lockwatch://app/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('never loads %s', (address) => {
    expect(mayLoadInConsole(cloud, address)).toBe(false);
  });
});
