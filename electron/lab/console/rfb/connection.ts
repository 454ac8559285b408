import type { Socket } from 'node:net';
import type { LabClock } from '../../clock';
import { type ClientMessage, MOST_CUT_TEXT, readClientMessage } from './client-messages';
import { type Handshake, startHandshake } from './handshake';
import {
  OWN_FORMAT,
  type PixelEncoder,
  type PixelFormat,
  pixelEncoder,
  writePixelFormat,
} from './pixel-format';
import { Damage, type Rectangle, shared } from './rectangles';

/** What a connection shows and passes its input to. */
export interface ConsoleDisplay {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row, as it is at this moment. */
  pixels(): Uint32Array;
  key(client: object, keysym: number, down: boolean): void;
  pointer(x: number, y: number, buttons: number): void;
}

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly display: ConsoleDisplay;
  readonly name: string;
  /** Null: no authentication. */
  readonly password: string | null;
  readonly clock: LabClock;
  /** The client is in: it asks to be alone, or does not mind others. */
  readonly onOpen: (alone: boolean) => void;
}

const HANDSHAKE_MS = 10_000;
/** The longest message that a client may send, with room for what came together with it. */
const MOST_WAITING_BYTES = MOST_CUT_TEXT + 64 * 1024;
const RAW = 0;

/** One client of a practice console: RFC 6143, raw pixels. */
export class RfbConnection {
  readonly #options: ConnectionOptions;
  readonly #damage = new Damage();
  #handshake: Handshake | undefined;
  #data: Buffer = Buffer.alloc(0);
  #format: PixelFormat = OWN_FORMAT;
  #encode: PixelEncoder = pixelEncoder(OWN_FORMAT);
  /** The area that the client waits for; a second request takes the place of the first. */
  #wanted: Rectangle | undefined;
  #endPatience: () => void;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket, clock } = options;
    this.#endPatience = clock.after(HANDSHAKE_MS, () => this.close());
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => this.#answer());
    socket.on('error', () => this.close());
    socket.once('close', () => this.#endPatience());
    this.#handshake = startHandshake(options.password, (bytes) => socket.write(bytes));
  }

  /** Whether the handshake is over and the picture is shown. */
  get open(): boolean {
    return this.#handshake === undefined;
  }

  close(): void {
    this.#endPatience();
    this.#options.socket.destroy();
  }

  changed(areas: readonly Rectangle[]): void {
    this.#damage.add(areas);
    this.#answer();
  }

  bell(): void {
    if (this.open) this.#options.socket.write(Buffer.from([2]));
  }

  #take(chunk: Buffer): void {
    if (this.#data.length > MOST_WAITING_BYTES) {
      this.close();
      return;
    }
    this.#data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk]);
    while (this.#data.length > 0 && !this.#options.socket.destroyed) {
      const used = this.#handshake ? this.#shakeHands(this.#handshake) : this.#read();
      if (used === 0) return;
      this.#data = this.#data.subarray(used);
    }
  }

  #shakeHands(handshake: Handshake): number {
    const { socket, onOpen } = this.#options;
    const step = handshake.next(this.#data);
    if (step.kind === 'incomplete') return 0;
    if (step.kind === 'refused') {
      this.#endPatience();
      socket.end();
      this.#data = Buffer.alloc(0);
      return 0;
    }
    if (step.kind === 'done') {
      this.#handshake = undefined;
      this.#endPatience();
      onOpen(step.alone);
      socket.write(this.#serverInit());
    }
    return step.bytes;
  }

  #serverInit(): Buffer {
    const { display, name } = this.#options;
    const title = Buffer.from(name, 'utf8');
    const head = Buffer.alloc(24);
    head.writeUInt16BE(display.width, 0);
    head.writeUInt16BE(display.height, 2);
    writePixelFormat(OWN_FORMAT).copy(head, 4);
    head.writeUInt32BE(title.length, 20);
    return Buffer.concat([head, title]);
  }

  #read(): number {
    const read = readClientMessage(this.#data);
    if (read.kind === 'malformed') this.close();
    if (read.kind !== 'message') return 0;
    this.#obey(read.message);
    return read.bytes;
  }

  #obey(message: ClientMessage): void {
    const { display } = this.#options;
    switch (message.kind) {
      case 'pixelFormat':
        this.#format = message.format;
        this.#encode = pixelEncoder(message.format);
        return;
      case 'update': {
        const whole = { x: 0, y: 0, width: display.width, height: display.height };
        const wanted = shared(message.area, whole);
        if (!wanted) return;
        this.#wanted = wanted;
        if (!message.incremental) {
          // All of it is sent: what was changed in it is not sent twice.
          this.#damage.take(wanted);
          this.#damage.add([wanted]);
        }
        this.#answer();
        return;
      }
      case 'key':
        display.key(this, message.keysym, message.down);
        return;
      case 'pointer':
        display.pointer(message.x, message.y, message.buttons);
        return;
      // Raw is what every client takes, and nothing else is ever sent.
      case 'encodings':
      case 'cutText':
        return;
    }
  }

  /** Sends what the client waits for, one answer at a time: a client that does not read holds up only itself. */
  #answer(): void {
    const { socket, display } = this.#options;
    if (!this.#wanted || socket.destroyed || socket.writableNeedDrain) return;
    const areas = this.#damage.take(this.#wanted);
    if (areas.length === 0) return;
    this.#wanted = undefined;
    const pixels = display.pixels();
    const head = Buffer.alloc(4);
    head.writeUInt16BE(areas.length, 2);
    socket.write(Buffer.concat([head, ...areas.map((area) => this.#raw(pixels, area))]));
  }

  #raw(pixels: Uint32Array, { x, y, width, height }: Rectangle): Buffer {
    const bytesPerPixel = this.#format.bitsPerPixel / 8;
    const bytes = Buffer.alloc(12 + width * height * bytesPerPixel);
    [x, y, width, height].forEach((value, index) => {
      bytes.writeUInt16BE(value, 2 * index);
    });
    bytes.writeInt32BE(RAW, 8);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * this.#options.display.width + x;
      this.#encode(pixels, from, width, bytes, 12 + row * width * bytesPerPixel);
    }
    return bytes;
  }
}
