/** What is used of noVNC, which comes without types: its documented API (docs/API.md), and nothing beside it. */
declare module '@novnc/novnc' {
  export interface RfbChannel {
    binaryType: string;
    readonly protocol: string;
    readonly readyState: string;
    onopen: (() => void) | null;
    onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null;
    onerror: ((event: unknown) => void) | null;
    onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
    send(bytes: Uint8Array): void;
    close(): void;
  }
  interface RfbEvents {
    connect: CustomEvent<object>;
    disconnect: CustomEvent<{ readonly clean: boolean }>;
    credentialsrequired: CustomEvent<{ readonly types: readonly string[] }>;
    securityfailure: CustomEvent<{ readonly status: number; readonly reason?: string }>;
    serververification: CustomEvent<{ readonly type: string; readonly publickey: Uint8Array<ArrayBuffer> }>;
    desktopname: CustomEvent<{ readonly name: string }>;
  }
  // biome-ignore lint/style/noDefaultExport: it is noVNC's
  export default class RFB {
    constructor(target: HTMLElement, channel: RfbChannel, options?: { readonly shared?: boolean });
    viewOnly: boolean;
    scaleViewport: boolean;
    clipViewport: boolean;
    focusOnClick: boolean;
    background: string;
    disconnect(): void;
    approveServer(): void;
    sendCredentials(credentials: { readonly username?: string; readonly password?: string }): void;
    sendCtrlAltDel(): void;
    sendKey(keysym: number, code: string | undefined, down?: boolean): void;
    focus(options?: FocusOptions): void;
    addEventListener<E extends keyof RfbEvents>(event: E, listener: (event: RfbEvents[E]) => void): void;
  }
}
