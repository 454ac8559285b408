import { connect, type Socket } from 'node:net';
import { vncResponse } from '../rfb/vnc-authentication';

export interface Update {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** A client of a console that reads to order, for tests: what it asks for is what it waits for. */
export class RfbClient {
  readonly socket: Socket;
  bytesPerPixel = 4;
  #data = Buffer.alloc(0);
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#data = Buffer.concat([this.#data, chunk]);
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static to(port: number): RfbClient {
    return new RfbClient(connect(port, '127.0.0.1'));
  }

  /** Goes through the handshake; `refused` when the password is not taken. */
  async open(options: { password?: string; alone?: boolean; version?: string } = {}): Promise<string> {
    const { password, alone = false, version = 'RFB 003.008\n' } = options;
    await this.read(12);
    this.send(version);
    if (version === 'RFB 003.003\n') {
      await this.read(4);
    } else {
      const [types = 0] = await this.read(1);
      const [type = 0] = await this.read(types);
      this.send([type]);
    }
    if (password !== undefined) this.socket.write(vncResponse(password, await this.read(16)));
    const told = password !== undefined || version === 'RFB 003.008\n';
    if (told && (await this.read(4)).readUInt32BE() !== 0) return 'refused';
    this.send([alone ? 0 : 1]);
    const init = await this.read(24);
    return (await this.read(init.readUInt32BE(20))).toString();
  }

  send(bytes: string | readonly number[] | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
  }

  /** The next bytes; rejects when the connection ends before them. */
  async read(count: number): Promise<Buffer> {
    while (this.#data.length < count) {
      if (this.#closed) throw new Error('closed');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const bytes = this.#data.subarray(0, count);
    this.#data = this.#data.subarray(count);
    return bytes;
  }

  async closed(): Promise<void> {
    while (!this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  ask(incremental: boolean, x = 0, y = 0, width = 800, height = 600): void {
    const bytes = Buffer.from([3, incremental ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    [x, y, width, height].forEach((value, index) => {
      bytes.writeUInt16BE(value, 2 + 2 * index);
    });
    this.send(bytes);
  }

  async update(): Promise<Update[]> {
    const head = await this.read(4);
    const updates: Update[] = [];
    for (let left = head.readUInt16BE(2); left > 0; left--) {
      const at = await this.read(12);
      const [x, y, width, height] = [0, 2, 4, 6].map((from) => at.readUInt16BE(from)) as Four;
      const pixels = await this.read(width * height * this.bytesPerPixel);
      updates.push({ x, y, width, height, pixels });
    }
    return updates;
  }

  /** Asks for the whole picture and reads it: once it is here, everything sent before has been obeyed. */
  async picture(): Promise<Update> {
    this.ask(false);
    const updates = await this.update();
    const whole = updates.find(({ width, height }) => width === 800 && height === 600);
    return whole ?? this.picture();
  }

  key(keysym: number): void {
    for (const down of [1, 0]) {
      const bytes = Buffer.from([4, down, 0, 0, 0, 0, 0, 0]);
      bytes.writeUInt32BE(keysym, 4);
      this.send(bytes);
    }
  }

  hold(keysym: number, down: boolean): void {
    const bytes = Buffer.from([4, down ? 1 : 0, 0, 0, 0, 0, 0, 0]);
    bytes.writeUInt32BE(keysym, 4);
    this.send(bytes);
  }

  type(text: string): void {
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      this.key(code < 0x100 ? code : 0x1000000 + code);
    }
  }

  controlAltDelete(control = 0xffe3, alt = 0xffe9, del = 0xffff): void {
    this.hold(control, true);
    this.hold(alt, true);
    this.key(del);
    this.hold(alt, false);
    this.hold(control, false);
  }

  click(x: number, y: number): void {
    for (const buttons of [1, 0]) {
      const bytes = Buffer.from([5, buttons, 0, 0, 0, 0]);
      bytes.writeUInt16BE(x, 2);
      bytes.writeUInt16BE(y, 4);
      this.send(bytes);
    }
  }

  close(): void {
    this.socket.destroy();
  }
}

type Four = [number, number, number, number];
