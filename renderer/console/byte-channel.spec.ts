import { describe, expect, it } from 'vitest';
import type { ConsoleFromHost } from '../../shared/console';
import { appError } from '../../shared/errors';
import { createByteChannel } from './byte-channel';

function setUp() {
  let deliver: (message: ConsoleFromHost | { kind: 'gone' }) => void = () => undefined;
  const sent: Uint8Array[] = [];
  const taken: number[] = [];
  const events: string[] = [];
  const channel = createByteChannel(
    {
      onMessage: (listener) => {
        deliver = listener;
      },
      send: (bytes) => sent.push(bytes),
      taken: (bytes) => taken.push(bytes),
      disconnect: () => events.push('disconnect'),
    },
    { heard: () => events.push('heard'), failed: () => events.push('failed') },
  );
  channel.onopen = () => events.push('open');
  channel.onclose = ({ code }) => events.push(`close ${code}`);
  return {
    channel,
    sent,
    taken,
    events,
    deliver: (message: Parameters<typeof deliver>[0]) => deliver(message),
  };
}

const data = (words: string): ConsoleFromHost => ({ kind: 'data', bytes: new TextEncoder().encode(words) });

describe('the channel that noVNC speaks over', () => {
  it('has what noVNC asks of a channel', () => {
    const { channel } = setUp();
    for (const name of [
      'send',
      'close',
      'binaryType',
      'onerror',
      'onmessage',
      'onopen',
      'protocol',
      'readyState',
    ])
      expect(Object.keys(channel)).toContain(name);
  });

  it('says how many bytes have been dealt with, after they have', () => {
    const { channel, taken, deliver } = setUp();
    const before: number[] = [];
    channel.onmessage = () => before.push(taken.length);
    deliver({ kind: 'opened' });
    deliver(data('RFB 003.008\n'));
    expect(before).toEqual([0]);
    expect(taken).toEqual([12]);
  });

  it('sends copies, for noVNC writes into the same bytes again', () => {
    const { channel, sent, deliver } = setUp();
    const bytes = Uint8Array.from([1, 2]);
    channel.send(bytes);
    deliver({ kind: 'opened' });
    channel.send(bytes);
    bytes[0] = 9;
    expect(sent).toEqual([Uint8Array.from([1, 2])]);
  });

  it('tells of what cannot be understood, and goes on counting', () => {
    const { channel, taken, events, deliver } = setUp();
    channel.onmessage = () => {
      throw new Error('bad data');
    };
    deliver({ kind: 'opened' });
    deliver(data('RFB 003.008\n'));
    expect(events).toEqual(['open', 'heard', 'failed']);
    expect(taken).toEqual([12]);
  });

  it.each([
    [
      'the connection',
      { kind: 'ended', error: appError('net.closed') } as const,
      { error: { code: 'net.closed' } },
    ],
    ['the process that held it', { kind: 'gone' } as const, 'gone'],
  ])('ends with %s, once', (_name, message, why) => {
    const { channel, events, deliver } = setUp();
    deliver({ kind: 'opened' });
    deliver(message);
    deliver({ kind: 'gone' });
    channel.close();
    expect(events).toEqual(['open', 'close 1006']);
    expect(channel.ended).toMatchObject(why as object);
  });

  it('ends by itself, and takes the connection with it', () => {
    const { channel, events, deliver } = setUp();
    deliver({ kind: 'opened' });
    channel.close();
    deliver(data('late'));
    expect(events).toEqual(['open', 'close 1000', 'disconnect']);
  });
});
