import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeUserData } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';

const event = (recordId: number, seconds: number) => `
<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
  <System>
    <Provider Name="Microsoft-Windows-Security-Auditing"/>
    <EventID>4625</EventID>
    <Task>12544</Task>
    <Keywords>0x8010000000000000</Keywords>
    <TimeCreated SystemTime="2026-01-05T12:00:${String(seconds).padStart(2, '0')}.0000000Z"/>
    <EventRecordID>${recordId}</EventRecordID>
    <Channel>Security</Channel>
    <Computer>WEB-01</Computer>
  </System>
  <EventData>
    <Data Name="TargetUserName">bob</Data>
    <Data Name="TargetDomainName">WEB-01</Data>
    <Data Name="Status">0xc000006d</Data>
    <Data Name="SubStatus">0xc000006a</Data>
    <Data Name="LogonType">3</Data>
    <Data Name="IpAddress">203.0.113.7</Data>
  </EventData>
</Event>`;

test('a saved log is chosen in the dialog of main and read in the evidence process', async ({
  lockwatch,
}) => {
  const page = await lockwatch.page();
  const folder = mkdtempSync(join(tmpdir(), 'lockwatch-saved-'));
  const file = join(folder, 'security.xml');
  writeFileSync(file, [1, 2, 3].map((id) => event(id, id)).join(''), { mode: 0o644 });
  chmodSync(folder, 0o755);
  await expect
    .poll(() => page.evaluate(`api.app.snapshot(null).then(({ value }) => value.snapshot.evidenceProcess)`))
    .toBe('running');
  const choose = (filePaths: readonly string[]) =>
    lockwatch.electron.evaluate(({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: paths.length === 0, filePaths: [...paths] });
    }, filePaths);
  try {
    await choose([]);
    expect(await page.evaluate(`api.savedLog.open(null)`)).toEqual({ ok: true, value: null });
    await choose([file]);
    const answer = await page.evaluate(`api.savedLog.open(null)`);
    expect(answer).toMatchObject({ ok: true, value: [{ file: 'security.xml' }] });
    expect(JSON.stringify(answer)).toContain('203.0.113.7');
  } finally {
    await removeUserData(folder);
  }
});
