import type { RfbChannel } from '@novnc/novnc';
import type { AppError } from '../../shared/errors';
import type { ConsoleBridge, LinkEnd } from './bridge';
import { createHandshake, type Handshake } from './handshake';

export interface ByteChannel extends RfbChannel {
  readonly handshake: Handshake;
  /** Why the connection below is no more; undefined while it is. */
  readonly ended: LinkEnd | undefined;
  /** Main could not connect. */
  fail(error: AppError): void;
}

export interface ByteChannelEvents {
  /** The server said something. */
  heard(): void;
  /** What the server sent could not be dealt with. */
  failed(): void;
}

/**
 * The bytes of one connection, in the shape of a WebSocket as noVNC takes it. Bytes that have been dealt with are
 * reported, so that no more come than the page can take.
 */
export function createByteChannel(
  bridge: Pick<ConsoleBridge, 'onMessage' | 'send' | 'taken' | 'disconnect'>,
  events: ByteChannelEvents,
): ByteChannel {
  const handshake = createHandshake();
  let readyState: 'connecting' | 'open' | 'closed' = 'connecting';
  let ended: LinkEnd | undefined;

  const channel: ByteChannel = {
    handshake,
    get ended() {
      return ended;
    },
    get readyState() {
      return readyState;
    },
    binaryType: 'arraybuffer',
    protocol: '',
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    send(bytes) {
      // A copy: noVNC writes into the same buffer again.
      if (readyState === 'open') bridge.send(bytes.slice());
    },
    fail: (error) => finish({ error }),
    close() {
      if (readyState === 'closed') return;
      finish(undefined);
      bridge.disconnect();
    },
  };

  function finish(why: LinkEnd | undefined): void {
    if (readyState === 'closed') return;
    readyState = 'closed';
    ended = why;
    channel.onclose?.({ code: why === undefined ? 1000 : 1006, reason: '' });
  }

  function pass(bytes: Uint8Array): void {
    events.heard();
    try {
      for (const part of handshake.take(bytes)) {
        channel.onmessage?.({ data: part.slice().buffer as ArrayBuffer });
      }
    } catch {
      // A picture that cannot be decoded, for example: what follows cannot be understood either.
      events.failed();
    }
  }

  bridge.onMessage((message) => {
    if (readyState === 'closed') return;
    switch (message.kind) {
      case 'opened':
        readyState = 'open';
        channel.onopen?.();
        break;
      case 'data':
        pass(message.bytes);
        bridge.taken(message.bytes.length);
        break;
      case 'ended':
        finish({ error: message.error });
        break;
      case 'gone':
        finish('gone');
    }
  });
  return channel;
}
