import { incidentExportSchema } from '../../shared/incident-contract';
import { labOf, notificationsOf, triggerLab } from '../fixtures/hooks';
import { expect, test } from '../fixtures/test';
import { attackOn, isolationOf, reachesRdp, snapshotOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { fleetOf } from '../ui/pages';
import { showIn } from '../ui/theme';
import { ACCOUNT, drillOf, NAME } from './drill-page';
import { pdfText } from './pdf-text';

test('the whole drill: from the attack to the closed incident and its record', async ({ launch }) => {
  test.setTimeout(10 * 60_000);
  const lockwatch = await launch({ args: ['--lab', '--pace=4'] });
  const page = await lockwatch.page();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const drill = drillOf(lockwatch, page);
  const { part, partNow, picture, expectTicked, expectState, expectNext, press, tray } = drill;
  const isolation = isolationOf(page);
  const dialog = page.getByRole('dialog');
  const startedAtMs = Date.now();
  const stages: string[] = [];
  const stage = (what: string): void => {
    stages.push(`${((Date.now() - startedAtMs) / 1000).toFixed(1)} s ${what}`);
  };
  const truth = async () => {
    const lab = await labOf(lockwatch);
    const state = lab?.state.instances.find(({ name }) => name === NAME);
    const endpoint = lab?.endpoints.find(({ name }) => name === NAME);
    if (!lab || !state || !endpoint) throw new Error('The lab does not run');
    const account = state.accounts.find(({ name }) => name === ACCOUNT);
    return { ...state, endpoint, adminAddress: lab.state.adminAddress ?? '', account: account?.state };
  };
  const titles = async () =>
    (await notificationsOf(lockwatch))
      .filter(({ outcome }) => outcome === 'shown')
      .map(({ value }) => value.title.key);

  await test.step('the attack arrives, locks the account, and is told', async () => {
    await expect(fleetOf(page).row(NAME)).not.toHaveAttribute('data-status', 'unknown', { timeout: 60_000 });
    await triggerLab(lockwatch, { kind: 'attack', instance: NAME });
    await expect.poll(titles, { timeout: 90_000 }).toContain('notification.lockout.title');
    await expect.poll(async () => (await truth()).account).toBe('locked');
    await expect(fleetOf(page).row(NAME)).toHaveAttribute('data-status', 'locked', { timeout: 30_000 });
    stage('locked, and told');
    await picture('told');
  });

  await test.step('the tray leads to the checklist of its incident, whose first step is next', async () => {
    await expect.poll(tray).toBe(`${ACCOUNT} on ${NAME}, next: record the rules`);
    await drill.pressTray();
    await page.getByRole('heading', { level: 1, name: `Checklist for ${NAME}` }).waitFor();
    await expectNext('originalsRecorded');
    await expect(part('originalsRecorded')).toBeFocused();
    await expect(page.getByText('Waiting does not help while this goes on', { exact: false })).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await expectState('isolated', 'todo');
    await expectState('accountUnlocked', 'todo');
    await picture('checklist');
  });
  let reached = await attackOn(lockwatch, NAME);
  const incidentId = (await drill.checklist())?.incidentId;
  const incident = async () => (await snapshotOf(page)).incidents.find(({ id }) => id === incidentId);

  await test.step('step 1: isolated by the checklist’s button, with the originals recorded', async () => {
    expect(await reachesRdp(lockwatch, NAME)).toBe(true);
    await press('isolated', 'Isolate…');
    await expect(dialog.getByText('No other instance is touched.')).toBeVisible();
    await picture('isolate-preview');
    await isolation.confirm('Isolate');
    await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    await picture('isolate-result');
    await isolation.close();
    await expectTicked('originalsRecorded');
    // Members of its own group still get in: the admin has to say that this is all right.
    await expectState('isolated', 'doing');
    await expect(part('isolated')).toContainText('members of its own group');
    await picture('isolated', { at: part('isolated') });
    await part('isolated').getByRole('button', { name: 'I have done this' }).click();
    await expect(part('isolated')).toContainText('Ticked by hand');
    expect(await reachesRdp(lockwatch, NAME)).toBe(false);
    reached = await attackOn(lockwatch, NAME);
    expect(reached.allowed).toBeGreaterThan(0);
    await expectNext('consoleOpened');
    await expect.poll(tray).toBe(`${ACCOUNT} on ${NAME}, next: open the console`);
    stage('isolated');
  });

  await test.step('Remote Desktop is closed from here, and lives behind the rules', async () => {
    await press('rdpAnswers', 'Test Remote Desktop');
    const proof = (via: string) => dialog.locator(`article[data-via="${via}"]`);
    await expect(proof('here')).toHaveAttribute('data-verdict', 'closedByRule', { timeout: 30_000 });
    await expect(proof('here')).toHaveAttribute('data-tone', 'good');
    await dialog.getByRole('button', { name: 'Probe through SSH' }).click();
    await expect(proof('tunnel')).toHaveAttribute('data-verdict', 'rdpWithNla', { timeout: 30_000 });
    await picture('rdp-isolated');
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    // An answer from before access is restored proves nothing.
    await expect(part('rdpAnswers')).toContainText('The last test was made before access was restored');
    await expectState('rdpAnswers', 'todo');
  });

  await test.step('step 2: unlocked at the console', async () => {
    await press('consoleOpened', 'Open console…');
    const open = dialog.getByRole('button', { name: 'Open the VNC console' });
    await open.waitFor();
    await picture('console-choice');
    const opened = lockwatch.electron.waitForEvent('window');
    await open.click();
    const console = await opened;
    await expect(console.getByRole('status').first()).toHaveText(/^Connected to /);
    await picture('console-locked', { of: console });
    await console.getByRole('button', { name: 'Ctrl+Alt+Del' }).click();
    await expect(console.getByRole('application', { name: `Screen of ${NAME}` })).toBeFocused();
    await console.getByRole('button', { name: 'Type text' }).click();
    const { endpoint } = await truth();
    const password = endpoint.accounts?.find(({ name }) => name === ACCOUNT)?.password;
    if (password === undefined) throw new Error('The lab announces no password');
    await console.getByRole('textbox', { name: 'Text' }).fill(password);
    await console.getByRole('button', { name: 'Type it' }).click();
    await expect(console.getByText(`${password.length} characters typed.`)).toBeVisible();
    await picture('console-typed', { of: console });
    await console.getByRole('button', { name: 'Close', exact: true }).click();
    await console.getByRole('application', { name: `Screen of ${NAME}` }).press('Enter');
    await expect.poll(async () => (await truth()).console?.signedIn).toBe(ACCOUNT);
    await picture('console-signed-in', { of: console });
    await expect.poll(async () => (await truth()).account).toBe('clear');
    await page.bringToFront();
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    for (const id of ['consoleOpened', 'ctrlAltDel', 'consoleSignIn', 'accountUnlocked'] as const)
      await expectTicked(id);
    await expectState('passwordReset', 'notNeeded');
    await expectNext('trustedRule');
    await picture('unlocked', { at: part('consoleSignIn') });
    await expect.poll(tray).toBe(`${ACCOUNT} on ${NAME}, next: let trusted addresses in`);
    stage('unlocked at the console');
  });

  await test.step('step 3: open again for the admin alone', async () => {
    await press('trustedRule', 'Restore to trusted addresses…');
    await dialog.getByLabel('Trusted addresses').fill('');
    await isolation.confirm('Find my public address');
    await isolation.confirm(`Add ${(await truth()).adminAddress}/32`);
    await isolation.confirm('Show the plan');
    await expect(dialog.getByText('Afterwards the rules let only the trusted addresses')).toBeVisible();
    await picture('restore-preview');
    await isolation.confirm('Let only these in');
    await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    await isolation.close();
    await expectTicked('trustedRule');
    await expectTicked('isolated');
    await expectNext('rdpAnswers');
    await picture('restored', { at: part('trustedRule') });
    expect(await reachesRdp(lockwatch, NAME)).toBe(true);
    stage('restored to trusted addresses');
  });

  await test.step('step 4: Remote Desktop answers from here', async () => {
    await press('rdpAnswers', 'Test Remote Desktop');
    const here = dialog.locator('article[data-via="here"]');
    await expect(here).toHaveAttribute('data-verdict', 'rdpWithNla', { timeout: 30_000 });
    await picture('rdp-answers');
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await expectTicked('rdpAnswers');
  });

  await test.step('nothing is ticked by what is not seen', async () => {
    await page.evaluate('api.settings.save({ staleAfterSeconds: 10 })');
    await triggerLab(lockwatch, { kind: 'goDown', instance: NAME });
    const status = async () => {
      const { fleet, profiles } = await snapshotOf(page);
      const id = profiles.find(({ name }) => name === NAME)?.id;
      return fleet.find((view) => view.id === id)?.status;
    };
    await expect.poll(status, { timeout: 60_000 }).toBe('unknown');
    await triggerLab(lockwatch, { kind: 'rdpSignIn', instance: NAME, account: ACCOUNT });
    await expect.poll(async () => (await truth()).rdpSignIn?.outcome).toBe('signedIn');
    await expect(page.getByText('What happens there is ticked when it can be read again.')).toBeVisible();
    await picture('not-seen', { at: part('signedInAgain') });
    expect((await partNow('signedInAgain')).state).not.toBe('done');
    expect((await partNow('quiet')).state).not.toBe('done');
    expect((await drill.checklist())?.proven).toBe(false);
    await page.evaluate('api.settings.save({ staleAfterSeconds: 120 })');
    const backAtMs = Date.now();
    await triggerLab(lockwatch, { kind: 'comeUp', instance: NAME });
    await expectTicked('signedInAgain');
    // Ticked with its own time, from what was read later.
    expect((await partNow('signedInAgain')).atMs).toBeLessThan(backAtMs);
    await expectTicked('accountClear');
    await expectNext('quiet');
    stage('signed in again, seen when the connection was back');
    await picture('waiting', { at: part('quiet') });
    await expect.poll(tray).toBe(`${ACCOUNT} on ${NAME}, next: wait until nothing fails`);
    expect(await incident()).toMatchObject({ state: 'open' });
  });

  await test.step('what is waited for is shown while it runs', async () => {
    await page.getByRole('button', { name: 'Incident', exact: true }).click();
    await expect(page.getByText('Remote Desktop is open for trusted addresses only.')).toBeVisible();
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture('incident-open');
    await page.getByRole('button', { name: 'Open checklist' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await showIn(page, 'dark');
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture('waiting-dark');
    await showIn(page, 'light');
  });

  await test.step('the incident closes by proof', async () => {
    const closed = page.getByRole('heading', { level: 1, name: 'This checklist is closed' });
    await closed.waitFor({ timeout: 300_000 });
    await expect.poll(incident).toMatchObject({ state: 'closed', closedBy: 'proof' });
    stage('closed by proof');
    await picture('closed');
    await expect.poll(tray).toBeUndefined();
    // The attackers went on, and by the lab's own count nothing of theirs has arrived since.
    const { allowed, blocked } = await attackOn(lockwatch, NAME);
    expect(allowed).toBe(reached.allowed);
    expect(blocked).toBeGreaterThan(reached.blocked);
  });

  await test.step('the record tells who, where, how many, how long, and each step', async () => {
    await page.getByRole('button', { name: 'Open the record' }).click();
    await expect(page.getByText('No new failures: done, shown by evidence.')).toBeVisible();
    await picture('record', { at: page.getByRole('region', { name: 'In short' }) });
    await picture('record-history', { at: page.getByText('No new failures: done, shown by evidence.') });
    const summary = await incident();
    if (!summary?.closedAtMs) throw new Error('The incident is not closed');
    const { adminAddress } = await truth();
    const said = [
      `Attack on ${NAME}`,
      `${ACCOUNT} was locked.`,
      'Isolation begun.',
      'Original rules recorded: done, shown by evidence.',
      'Isolated: Remote Desktop is closed.',
      'RDP cut off: ticked by hand.',
      'Console opened: done, shown by evidence.',
      'Ctrl+Alt+Del sent: done, shown by evidence.',
      'Sign-in at the console: done, shown by evidence.',
      'Account unlocked: done, shown by evidence.',
      `${ACCOUNT} is open again.`,
      'VNC console opened.',
      'Remote Desktop is open for trusted addresses only.',
      'RDP for trusted addresses only: done, shown by evidence.',
      'Remote Desktop answers: done, shown by evidence.',
      'Signed in again: done, shown by evidence.',
      'Account read as clear: done, shown by evidence.',
      'No new failures: done, shown by evidence.',
      'Closed: the evidence proves that it is over.',
    ];

    const missing = (text: string, lines: readonly string[]): readonly string[] =>
      lines.filter((line) => !text.includes(line));

    const markdown = (await drill.export('Markdown', 'md')).toString('utf8').replaceAll('\\', '');
    const facts = [
      'Practice: the instance is simulated.',
      `**Where:** ${NAME}`,
      `${ACCOUNT} (was locked)`,
      `**Failures:** ${summary.failures}`,
      `**Addresses:** ${summary.addresses}`,
      '**Was open for:** ',
    ];
    expect.soft(missing(markdown, [...said, ...facts])).toEqual([]);

    const text = (await drill.export('JSON', 'json')).toString('utf8');
    const json = incidentExportSchema.parse(JSON.parse(text));
    expect(json.summary).toEqual(summary);
    expect
      .soft(missing([json.title, ...json.entries.map((entry) => entry.said)].join('\n'), said))
      .toEqual([]);
    expect(json.sources.reduce((sum, { failures }) => sum + failures, 0)).toBe(summary.failures);

    const squeezed = said.map((line) => line.replace(/\s/g, ''));
    expect.soft(missing(await pdfText(await drill.export('PDF', 'pdf')), squeezed)).toEqual([]);
    stage('record saved');
    process.stdout.write(
      `drill: ${summary.failures} failures from ${summary.addresses} addresses in ${Math.round(
        (summary.closedAtMs - summary.openedAtMs) / 1000,
      )} s, admin at ${adminAddress}\n${stages.map((one) => `drill: ${one}\n`).join('')}`,
    );
  });
});
