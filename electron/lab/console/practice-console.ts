import { createTranslator } from '../../../shared/messages/format';
import type { LabClock } from '../clock';
import type { WindowsInstance } from '../windows/instance';
import type { ConsoleDisplay } from './rfb/connection';
import { contains } from './rfb/rectangles';
import { RfbServer } from './rfb/server';
import { Canvas, differences } from './screen/canvas';
import { drawScene, type Spot } from './screen/draw';
import { Keyboard } from './sign-in/keys';
import { ConsoleSession, type ConsoleView } from './sign-in/session';

const WIDTH = 800;
const HEIGHT = 600;
const MINUTE_MS = 60_000;
const LEFT_BUTTON = 1;

export interface PracticeConsoleOptions {
  readonly windows: WindowsInstance;
  /** Null: the console port asks for no password. Eight characters count. */
  readonly password: string | null;
  /** What the sign-in screen gives away about an account's password, for whoever practises; null: nothing. */
  readonly hint?: (account: string) => string | null;
  readonly clock: LabClock;
  /** Something was done at the console: an account may have changed. */
  readonly onChange?: () => void;
}

/**
 * The console of one practice instance as a hypervisor offers it over VNC: a sign-in screen that wants
 * Ctrl+Alt+Delete. It draws only while somebody looks, and only what has changed.
 */
export class PracticeConsole implements ConsoleDisplay {
  readonly width = WIDTH;
  readonly height = HEIGHT;
  readonly #options: PracticeConsoleOptions;
  readonly #session: ConsoleSession;
  readonly #server: RfbServer;
  readonly #words = createTranslator('en');
  #keyboards = new WeakMap<object, Keyboard>();
  #front = new Canvas(WIDTH, HEIGHT);
  #back = new Canvas(WIDTH, HEIGHT);
  #spots: readonly Spot[] = [];
  #stale = true;
  #watched = false;
  #pressed = 0;
  #endTick: (() => void) | undefined;

  constructor(options: PracticeConsoleOptions) {
    this.#options = options;
    const { windows, password, clock } = options;
    this.#session = new ConsoleSession(windows, () => this.#changed());
    this.#server = new RfbServer({
      display: this,
      name: `${windows.computer} (${this.#words('lab.badge')})`,
      password,
      clock,
      onClients: (count) => this.#watch(count > 0),
    });
  }

  get port(): number {
    return this.#server.port;
  }

  get listening(): boolean {
    return this.#server.listening;
  }

  start(preferredPort = 0): Promise<number> {
    return this.#server.start(preferredPort);
  }

  /** Ends every connection; a restart has nobody signed in. */
  async stop(): Promise<void> {
    await this.#server.stop();
    this.#watch(false);
    this.#session.reset();
  }

  view(): ConsoleView {
    return this.#session.view();
  }

  /** Does what a person at the console does to sign in; true when it worked. */
  signIn(name: string, password: string): boolean {
    return this.#session.signIn(name, password);
  }

  pixels(): Uint32Array {
    if (this.#stale) this.#draw();
    return this.#front.pixels;
  }

  key(client: object, keysym: number, down: boolean): void {
    let keyboard = this.#keyboards.get(client);
    if (!keyboard) {
      keyboard = new Keyboard(this.#session);
      this.#keyboards.set(client, keyboard);
    }
    keyboard.key(keysym, down);
  }

  pointer(x: number, y: number, buttons: number): void {
    const clicked = (buttons & LEFT_BUTTON) !== 0 && (this.#pressed & LEFT_BUTTON) === 0;
    this.#pressed = buttons;
    if (!clicked) return;
    this.pixels();
    const spot = this.#spots.find(({ area }) => contains(area, x, y));
    if (spot) this.#session.act(spot.action);
  }

  #changed(): void {
    this.#stale = true;
    this.#options.onChange?.();
    if (this.#watched) this.#draw();
  }

  #draw(): void {
    this.#stale = false;
    const { windows } = this.#options;
    const now = new Date(windows.now()).toISOString();
    const view = this.#session.view();
    const chosen = view.accounts[view.selected]?.name;
    this.#spots = drawScene(this.#back, {
      view,
      hint: chosen === undefined ? null : (this.#options.hint?.(chosen) ?? null),
      computer: windows.computer,
      time: this.#words('lab.console.time', { time: now.slice(11, 16) }),
      date: now.slice(0, 10),
      words: this.#words,
    });
    const areas = differences(this.#front.pixels, this.#back.pixels, WIDTH, HEIGHT);
    [this.#front, this.#back] = [this.#back, this.#front];
    if (areas.length > 0) this.#server.changed(areas);
  }

  /** While somebody looks, the clock on the screen goes on: once a minute, by the instance's own clock. */
  #watch(watched: boolean): void {
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#endTick?.();
    this.#endTick = undefined;
    if (!watched) {
      this.#stale = true;
      return;
    }
    this.#draw();
    this.#tick();
  }

  #tick(): void {
    const toNextMinute = MINUTE_MS - (this.#options.windows.now() % MINUTE_MS);
    this.#endTick = this.#options.clock.after(toNextMinute, () => {
      this.#draw();
      this.#tick();
    });
  }
}
