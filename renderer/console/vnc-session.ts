import type RFB from '@novnc/novnc';
import type { ConsoleBridge } from './bridge';
import { createByteChannel } from './byte-channel';
import { type EndReason, endReason } from './end-reason';
import type { Stroke } from './keysyms';
import { typeStrokes } from './type-strokes';

/** Where the connection stands. */
export type SessionState =
  | { readonly kind: 'connecting' | 'negotiating' | 'authenticating' }
  | { readonly kind: 'password'; readonly user: boolean }
  /** The server's key, as SHA-256 in pairs of hexadecimal digits. */
  | { readonly kind: 'verify'; readonly fingerprint: string }
  | { readonly kind: 'connected'; readonly server: string }
  | { readonly kind: 'ended'; readonly why: EndReason };

export interface VncSession {
  /** What the admin typed; it goes to the server and is kept nowhere. */
  signIn(user: string | null, password: string): void;
  approveServer(): void;
  sendCtrlAltDel(): void;
  type(
    strokes: readonly Stroke[],
    wanted: () => boolean,
    onProgress: (done: number) => void,
  ): Promise<number>;
  setViewOnly(viewOnly: boolean): void;
  setFit(fit: boolean): void;
  focusScreen(): void;
  disconnect(): void;
}

export interface VncSessionOptions {
  readonly target: HTMLElement;
  readonly bridge: ConsoleBridge;
  /** Name and description of the screen, for those who do not see it. */
  readonly label: string;
  readonly describedBy: string;
  /** Whether it is still wanted once noVNC has been loaded. */
  readonly wanted: () => boolean;
  readonly onState: (state: SessionState) => void;
}

/** A server that takes so long to say anything is not waited for. */
const SILENCE_SECONDS = 20;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');

/** One connection to a VNC server, shown in `target`; it is made once and never again by itself. */
export async function openVncSession(options: VncSessionOptions): Promise<VncSession | null> {
  const { target, bridge, onState } = options;
  const { default: Rfb }: { default: typeof RFB } = await import('@novnc/novnc');
  if (!options.wanted()) return null;
  let state: SessionState = { kind: 'connecting' };
  let server = '';
  let byUser = false;
  let connected = false;
  let securityFailure: { readonly reason: string } | undefined;
  let silentSeconds: number | null = null;

  const become = (next: SessionState): void => {
    if (state.kind === 'ended') return;
    state = next;
    onState(next);
  };
  const channel = createByteChannel(bridge, {
    heard() {
      clearTimeout(silence);
      if (state.kind === 'connecting') become({ kind: 'negotiating' });
    },
    failed: () => rfb.disconnect(),
  });
  const silence = setTimeout(() => {
    if (channel.readyState !== 'open') return;
    silentSeconds = SILENCE_SECONDS;
    rfb.disconnect();
  }, SILENCE_SECONDS * 1000);

  const rfb = new Rfb(target, channel, { shared: true });
  rfb.background = 'transparent';
  rfb.focusOnClick = true;
  const canvas = target.querySelector('canvas');
  /** Lets go of every key that is held: their release would be lost once the screen has no focus. */
  const releaseKeys = (): void => void window.dispatchEvent(new Event('blur'));
  if (canvas) {
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', options.label);
    canvas.setAttribute('aria-describedby', options.describedBy);
    canvas.addEventListener('blur', releaseKeys);
  }

  rfb.addEventListener('credentialsrequired', ({ detail }) =>
    become({ kind: 'password', user: detail.types.includes('username') }),
  );
  rfb.addEventListener('serververification', ({ detail }) => {
    void crypto.subtle
      .digest('SHA-256', detail.publickey)
      .then((digest) => become({ kind: 'verify', fingerprint: hex(digest) }));
  });
  rfb.addEventListener('securityfailure', ({ detail }) => {
    securityFailure = { reason: detail.reason ?? '' };
  });
  rfb.addEventListener('desktopname', ({ detail }) => {
    server = detail.name;
    if (connected) become({ kind: 'connected', server });
  });
  rfb.addEventListener('connect', () => {
    connected = true;
    become({ kind: 'connected', server });
    void bridge.shown();
  });
  rfb.addEventListener('disconnect', () => {
    clearTimeout(silence);
    const { handshake, ended } = channel;
    const { speaks, offered } = handshake;
    channel.close();
    become({
      kind: 'ended',
      why: endReason({ byUser, link: ended, securityFailure, silentSeconds, speaks, offered, connected }),
    });
  });

  onState(state);
  void bridge.connect().then((answer) => {
    if (!answer.ok) channel.fail(answer.error);
  });

  return {
    signIn(user, password) {
      become({ kind: 'authenticating' });
      rfb.sendCredentials(user === null ? { password } : { username: user, password });
    },
    approveServer() {
      become({ kind: 'authenticating' });
      rfb.approveServer();
    },
    sendCtrlAltDel() {
      if (state.kind !== 'connected' || rfb.viewOnly) return;
      rfb.sendCtrlAltDel();
      void bridge.ctrlAltDelSent();
    },
    type: (strokes, wanted, onProgress) =>
      typeStrokes(strokes, {
        sendKey: (keysym, down) => rfb.sendKey(keysym, undefined, down),
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        wanted: () => wanted() && state.kind === 'connected',
        onProgress,
      }),
    setViewOnly(viewOnly) {
      releaseKeys();
      rfb.viewOnly = viewOnly;
    },
    setFit(fit) {
      rfb.scaleViewport = fit;
    },
    focusScreen: () => rfb.focus(),
    disconnect() {
      byUser = true;
      if (state.kind !== 'ended') rfb.disconnect();
    },
  };
}
