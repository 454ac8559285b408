import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ControllerAnswer,
  controllerRow,
  tableNotes,
} from '../../../../electron/directory/controller-rows';
import {
  type FoundController,
  readRootDse,
  readTopology,
} from '../../../../electron/sources/directory/topology';
import type { ControllerRow } from '../../../../shared/directory';
import { canRunSamba, sambaTitle } from '../samba/provision';
import { never, valueIn } from './reading';
import { type Controller, startTwoControllers, type TwoControllers } from './two-controllers';

const RIGHT = 'Right-Pass.1';
let made = 0;

describe.skipIf(!canRunSamba)(sambaTitle('two controllers of one domain'), () => {
  let domain: TwoControllers;
  let first: Controller;
  let second: Controller;
  let controllers: readonly FoundController[];
  let user: string;

  beforeAll(async () => {
    domain = await startTwoControllers();
    ({ first, second } = domain);
    await first.database.policy({ threshold: 3, windowMinutes: 30, durationMinutes: 30 });
    const root = valueIn(await readRootDse(second.reading.session, Date.now, never));
    ({ controllers } = valueIn(await readTopology(second.reading.session, root, never)));
  }, 180_000);
  afterAll(() => domain?.dispose());

  beforeEach(async () => {
    made += 1;
    user = `person${made}`;
    await first.database.addUsers([{ name: user, password: RIGHT }]);
    await domain.replicate(first, second);
  });

  const dnOf = () => first.database.dnOf(user);
  /** As the table of the window has it, the PDC emulator first. */
  async function rows(): Promise<readonly ControllerRow[]> {
    const nowMs = Date.now();
    const answers = await Promise.all(
      [first, second].map(async (one): Promise<ControllerAnswer> => {
        const controller = controllers.find(({ host }) => host.toLowerCase().startsWith(one.hostName));
        const [stored] = await one.reading.accounts([{ name: user }]);
        if (!controller || !stored) throw new Error(`${one.hostName} is not one of the domain`);
        const about = { readAtMs: nowMs, roundTripMs: 1, clockOffsetMs: 0, failure: null };
        return { controller, stored, ...about };
      }),
    );
    const [truth] = answers;
    const stored = truth?.stored;
    if (!truth || !stored) throw new Error('nothing read');
    const { policy, name } = await first.reading.policyOf(stored);
    expect(tableNotes(answers).map(({ key }) => key)).toContain('directory.table.pdcDecides');
    return answers.map((answer) => controllerRow(answer, truth, { policy, name }, nowMs));
  }
  const brief = async () =>
    (await rows()).map(({ status, rawCount, lockoutTimeMs, differences }) => ({
      status,
      count: rawCount,
      locked: lockoutTimeMs !== null,
      differs: differences.map(({ key }) => key.replace('directory.difference.', '')),
    }));
  async function fail(at: Controller, times: number): Promise<void> {
    for (let n = 0; n < times; n++) expect(await at.attempts.ntlm(user, 'wrong')).toBe('wrongPassword');
  }

  it('are found from either, with the PDC emulator first', () => {
    expect(
      controllers.map(({ host, pdc, readOnly }) => ({ host: host.toLowerCase(), pdc, readOnly })),
    ).toEqual([
      { host: 'dc1.lab.test', pdc: true, readOnly: false },
      { host: 'dc2.lab.test', pdc: false, readOnly: false },
    ]);
  });

  it('R20 count each for themselves: Samba forwards no failure to the PDC emulator, as Windows would', async () => {
    await fail(second, 2);
    await fail(first, 1);
    await domain.replicate(first, second);
    await domain.replicate(second, first);
    expect(await brief()).toEqual([
      { status: 'counting', count: 1, locked: false, differs: [] },
      { status: 'counting', count: 2, locked: false, differs: ['ownCount'] },
    ]);
  });

  it('R20 pass on a lock, and no count', async () => {
    await fail(first, 3);
    expect(await brief()).toEqual([
      { status: 'locked', count: 3, locked: true, differs: [] },
      { status: 'clear', count: 0, locked: false, differs: ['lockNotArrived', 'ownCount'] },
    ]);
    expect(await second.attempts.ntlm(user, RIGHT)).toBe('success');
    await domain.replicate(first, second);
    expect(await brief()).toEqual([
      { status: 'locked', count: 3, locked: true, differs: [] },
      { status: 'locked', count: 0, locked: true, differs: ['ownCount'] },
    ]);
    expect(await second.attempts.ntlm(user, RIGHT)).toBe('lockedOut');
    expect(await second.attempts.kerberos(user, RIGHT)).toBe('revoked');
  });

  it('R20 lock at the PDC emulator what was locked at the other', async () => {
    await fail(second, 3);
    await domain.replicate(second, first);
    expect(await brief()).toEqual([
      { status: 'locked', count: 0, locked: true, differs: [] },
      { status: 'locked', count: 3, locked: true, differs: ['keptCount'] },
    ]);
    expect(await first.attempts.kerberos(user, RIGHT)).toBe('revoked');
  });

  it('R21 an unlock at the other reaches the PDC emulator by replication only, and its count is kept', async () => {
    await fail(first, 3);
    await domain.replicate(first, second);
    valueIn(await second.reading.session.replace(await dnOf(), 'lockoutTime', '0', never));
    expect(await brief()).toEqual([
      { status: 'locked', count: 3, locked: true, differs: [] },
      { status: 'clear', count: 0, locked: false, differs: ['lockNotArrived', 'ownCount'] },
    ]);
    expect(await first.attempts.ntlm(user, RIGHT)).toBe('lockedOut');
    await domain.replicate(second, first);
    const [truth] = await brief();
    expect(truth).toEqual({ status: 'counting', count: 3, locked: false, differs: [] });
    // One more failure locks again at once: the kept count is above what the threshold allows.
    await fail(first, 1);
    expect(await first.attempts.ntlm(user, RIGHT)).toBe('lockedOut');
  });

  it('R21 an unlock at the PDC emulator clears its count, and reaches the other by replication', async () => {
    await fail(second, 3);
    await domain.replicate(second, first);
    valueIn(await first.reading.session.replace(await dnOf(), 'lockoutTime', '0', never));
    expect(await first.attempts.ntlm(user, RIGHT)).toBe('success');
    expect((await brief())[1]).toEqual({
      status: 'locked',
      count: 3,
      locked: true,
      differs: ['staleLock', 'keptCount'],
    });
    await domain.replicate(first, second);
    expect(await brief()).toEqual([
      { status: 'clear', count: 0, locked: false, differs: [] },
      { status: 'counting', count: 3, locked: false, differs: ['keptCount'] },
    ]);
    expect(await second.attempts.ntlm(user, RIGHT)).toBe('success');
  });

  it('a password changed at one is old at the other until it is replicated', async () => {
    await first.database.setPassword(user, 'Fresh-Pass.2');
    expect(await second.attempts.ntlm(user, RIGHT)).toBe('success');
    expect((await brief())[1]?.differs).toEqual(['olderPassword']);
    await domain.replicate(first, second);
    expect(await second.attempts.ntlm(user, 'Fresh-Pass.2')).toBe('success');
    expect((await brief())[1]?.differs).toEqual([]);
  });
});
