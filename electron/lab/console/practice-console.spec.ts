import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { networkLogon, testWindows } from '../testing/windows';
import { PracticeConsole } from './practice-console';
import { RfbClient } from './testing/rfb-client';

const ENTER = 0xff0d;
const TAB = 0xff09;
const DOWN = 0xff54;
const CONTROL = [0xffe3, 0xffe4] as const;
const ALT = [0xffe9, 0xffea] as const;

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function setUp(password: string | null = null) {
  const { windows, clock } = testWindows();
  windows.sam.add('webadmin', 1002, 'Right-9', false, true);
  windows.sam.add('leaver', 1003, 'right', true);
  const console = new PracticeConsole({ windows, password, clock });
  const port = await console.start();
  open.push({ close: () => console.stop() });
  const client = () => {
    const made = RfbClient.to(port);
    open.push({ close: () => made.close() });
    return made;
  };
  const enter = async () => {
    const one = client();
    await one.open(password === null ? {} : { password });
    return one;
  };
  const lock = (name: string) => {
    for (let i = 0; i < 3; i++) windows.logon({ name, password: 'x', domain: '.', how: networkLogon });
  };
  const stateOf = (name: string) => console.view().accounts.find((one) => one.name === name)?.state;
  const log = (...ids: number[]) =>
    windows
      .log('Security')
      ?.events()
      .filter(({ eventId }) => ids.includes(eventId)) ?? [];
  return { windows, clock, console, client, enter, lock, stateOf, log, port };
}

describe('the console of a practice instance', () => {
  it('wants Ctrl+Alt+Delete first, from either side of the keyboard', async () => {
    const { console, enter } = await setUp();
    const client = await enter();
    client.type('right');
    client.key(ENTER);
    client.key(0xffff);
    client.click(400, 300);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'lockScreen', signedIn: null, passwordLength: 0 });
    for (const control of CONTROL) {
      for (const alt of ALT) {
        client.controlAltDelete(control, alt);
        await client.picture();
        expect(console.view().place).toBe('signIn');
        client.key(0xff1b);
      }
    }
    client.controlAltDelete(0xffe3, 0xffe9, 0xff9f);
    await client.picture();
    expect(console.view().place).toBe('signIn');
  });

  it('R4, R10: the locked built-in Administrator signs in here, and that ends the lock', async () => {
    const { console, enter, lock, stateOf, log, windows } = await setUp();
    lock('Administrator');
    expect(stateOf('Administrator')).toBe('locked');
    const client = await enter();
    client.controlAltDelete();
    client.type('right');
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'desktop', signedIn: 'Administrator' });
    expect(windows.sam.find('Administrator')).toMatchObject({ lockoutTime: null, badPasswordCount: 0 });
    expect(log(4624, 4767).map(({ eventId, data }) => [eventId, data.LogonType, data.IpAddress])).toEqual([
      [4624, '2', '127.0.0.1'],
    ]);
    expect(log(4624)[0]?.data).toMatchObject({
      TargetUserName: 'Administrator',
      LogonProcessName: 'User32 ',
      ProcessName: 'C:\\Windows\\System32\\winlogon.exe',
    });
  });

  it('counts a wrong password like any other, and says that it was wrong', async () => {
    const { console, enter, windows, log } = await setUp();
    const client = await enter();
    client.controlAltDelete();
    client.type('Right');
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'signIn', message: 'wrongPassword', passwordLength: 0 });
    expect(windows.sam.find('Administrator')?.badPasswordCount).toBe(1);
    expect(log(4625).map(({ data }) => [data.LogonType, data.SubStatus])).toEqual([['2', '0xc000006a']]);
  });

  it('refuses another locked account, which an administrator then unlocks', async () => {
    const { console, enter, lock, stateOf, log } = await setUp();
    lock('alice');
    const client = await enter();
    client.controlAltDelete();
    client.key(TAB);
    client.type('right');
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ message: 'accountLocked', selected: 1 });
    expect(log(4625).at(-1)?.data).toMatchObject({ TargetUserName: 'alice', Status: '0xc0000234' });
    client.key(TAB);
    client.type('Right-9');
    client.key(ENTER);
    client.key(ENTER);
    client.key(DOWN);
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'users', signedIn: 'webadmin', message: 'unlocked' });
    expect(stateOf('alice')).toBe('clear');
    expect(log(4767).map(({ data }) => [data.TargetUserName, data.SubjectUserName])).toEqual([
      ['alice', 'webadmin'],
    ]);
  });

  it('lets nobody unlock who is no administrator', async () => {
    const { console, enter, lock, stateOf, log } = await setUp();
    lock('Administrator');
    const client = await enter();
    client.controlAltDelete();
    client.key(TAB);
    client.type('right');
    client.key(ENTER);
    client.key(ENTER);
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ signedIn: 'alice', message: 'administratorNeeded' });
    expect([stateOf('Administrator'), log(4767)]).toEqual(['locked', []]);
  });

  it('offers nobody who is disabled, chooses by pointer, and signs in by its button', async () => {
    const { console, enter } = await setUp();
    const client = await enter();
    client.controlAltDelete();
    await client.picture();
    expect(console.view().accounts.map(({ name }) => name)).toEqual(['Administrator', 'alice', 'webadmin']);
    client.click(100, 600 - 24 - 30);
    client.type('Right-9');
    client.click(400 + 130, 346);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'desktop', signedIn: 'webadmin' });
    client.controlAltDelete();
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'lockScreen', signedIn: 'webadmin' });
    client.controlAltDelete();
    client.key(TAB);
    client.key(TAB);
    client.type('Right-9');
    client.key(ENTER);
    client.controlAltDelete();
    client.key(TAB);
    client.key(ENTER);
    await client.picture();
    expect(console.view()).toMatchObject({ place: 'lockScreen', signedIn: null });
  });

  it('shows several clients the same, and sends each only what changed', async () => {
    const { enter } = await setUp();
    const [one, other] = [await enter(), await enter()];
    const before = await other.picture();
    other.ask(true);
    one.controlAltDelete();
    const updates = await other.update();
    const area = updates.reduce((sum, { width, height }) => sum + width * height, 0);
    expect(area).toBeGreaterThan(0);
    expect(area).toBeLessThanOrEqual(800 * 600);
    other.ask(true);
    one.type('r');
    const typed = await other.update();
    expect(typed.reduce((sum, { width, height }) => sum + width * height, 0)).toBeLessThan(40_000);
    expect((await other.picture()).pixels.equals((await one.picture()).pixels)).toBe(true);
    expect((await one.picture()).pixels.equals(before.pixels)).toBe(false);
  });

  it('closes the others for a client that wants to be alone', async () => {
    const { enter, client } = await setUp();
    const first = await enter();
    const second = client();
    await second.open({ alone: true });
    await first.closed();
    expect((await second.picture()).width).toBe(800);
  });

  it('goes on with its clock while somebody looks, and draws nothing while nobody does', async () => {
    const { enter, clock, console } = await setUp();
    const client = await enter();
    await client.picture();
    client.ask(true);
    clock.advance(60_000);
    expect((await client.update()).length).toBeGreaterThan(0);
    client.ask(true, 0, 0, 1, 1);
    client.close();
    await console.stop();
    clock.advance(10 * 60_000);
    expect(console.listening).toBe(false);
  });
});

describe('the protocol of the console', () => {
  it.each(['RFB 003.003\n', 'RFB 003.007\n', 'RFB 003.008\n', 'RFB 003.889\n'])(
    'speaks %s',
    async (version) => {
      const { client } = await setUp();
      expect(await client().open({ version: version.replace('889', '008') })).toBe('LAB-TEST (Practice)');
    },
  );

  it('asks for its password, of which eight characters count', async () => {
    const { client } = await setUp('practice-and-more');
    expect(await client().open({ password: 'practice' })).toBe('LAB-TEST (Practice)');
    const wrong = client();
    expect(await wrong.open({ password: 'Practice' })).toBe('refused');
    await wrong.closed();
  });

  it.each([
    ['16 bits', 2, [0, 0, 0, 0, 16, 16, 0, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0, 0, 0, 0]],
    ['16 bits, the other way round', 2, [0, 0, 0, 0, 16, 16, 1, 1, 0, 31, 0, 63, 0, 31, 11, 5, 0, 0, 0, 0]],
    ['8 bits', 1, [0, 0, 0, 0, 8, 8, 0, 1, 0, 7, 0, 7, 0, 3, 0, 3, 6, 0, 0, 0]],
    ['32 bits with red last', 4, [0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]],
  ])('sends %s when asked to', async (_, bytesPerPixel, format) => {
    const { enter } = await setUp();
    const client = await enter();
    const own = await client.picture();
    client.send(format);
    client.bytesPerPixel = bytesPerPixel;
    const { pixels } = await client.picture();
    const [bits = 0, , big] = format.slice(4);
    const max = [format.slice(8, 10), format.slice(10, 12), format.slice(12, 14)].map(
      ([high = 0, low = 0]) => high * 256 + low,
    );
    const shift = format.slice(14, 17);
    const value = (index: number) => {
      const at = index * bytesPerPixel;
      if (bits === 8) return pixels.readUInt8(at);
      if (bits === 16) return big ? pixels.readUInt16BE(at) : pixels.readUInt16LE(at);
      return pixels.readUInt32LE(at);
    };
    // The label in its corner, the letters, and the ground below.
    for (const index of [21 * 800 + 22, 250 * 800 + 300, 599 * 800]) {
      const [blue = 0, green = 0, red = 0] = own.pixels.subarray(4 * index, 4 * index + 3);
      const wanted = [red, green, blue].reduce(
        (sum, part, one) => sum | (Math.round((part * (max[one] ?? 0)) / 255) << (shift[one] ?? 0)),
        0,
      );
      expect(value(index)).toBe(wanted >>> 0);
    }
  });

  it.each([
    ['an unknown message', [99]],
    ['a colour map', [0, 0, 0, 0, 8, 8, 0, 0, 0, 7, 0, 7, 0, 3, 0, 3, 6, 0, 0, 0]],
    ['pixels of 24 bits', [0, 0, 0, 0, 24, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]],
    ['colours that do not fit', [0, 0, 0, 0, 16, 16, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]],
    ['more encodings than there are', [2, 0, 255, 255]],
    ['a clipboard of gigabytes', [6, 0, 0, 0, 255, 255, 255, 255]],
  ])('hangs up on %s', async (_, bytes) => {
    const { enter } = await setUp();
    const client = await enter();
    client.send(bytes);
    await client.closed();
    expect((await (await enter()).picture()).height).toBe(600);
  });

  it('passes over a clipboard and encodings, and clips what is asked for', async () => {
    const { enter } = await setUp();
    const client = await enter();
    await client.picture();
    client.send([2, 0, 0, 2, 0, 0, 0, 0, 255, 255, 255, 33]);
    client.send(Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 4, 0]), Buffer.alloc(1024, 65)]));
    client.ask(false, 700, 500, 65_535, 65_535);
    const areas = (await client.update()).map(({ x, y, width, height }) => [x, y, width, height]);
    expect(areas).toEqual([[700, 500, 100, 100]]);
  });

  it('has no more than eight clients, and leaves one that says nothing', async () => {
    const { client, clock } = await setUp();
    const clients = Array.from({ length: 9 }, client);
    await Promise.race(clients.map((one) => one.closed()));
    const reading = clients.map((one) => one.closed());
    await Promise.any(clients.map((one) => one.read(12)));
    clock.advance(10_000);
    await Promise.all(reading);
  });

  it('survives whatever is sent', async () => {
    const { port, enter } = await setUp();
    const garbage = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(garbage, fc.boolean(), async (parts, after) => {
        const client = RfbClient.to(port);
        if (after) await client.open();
        for (const part of parts) client.socket.write(part);
        client.socket.end();
        client.socket.resume();
        await client.closed();
      }),
      { numRuns: 60 },
    );
    expect((await (await enter()).picture()).width).toBe(800);
  });
});
