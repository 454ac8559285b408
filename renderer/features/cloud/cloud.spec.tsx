// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import type { DiscoverySuggestion } from '../../../shared/isolation-contract';
import { err, ok } from '../../../shared/result';
import { type FakeApi, installFakeApi } from '../../testing/fake-api';
import { idOf, profileOf } from '../../testing/fixtures';
import { renderWindow, resetWindow } from '../../testing/render';
import { accountOf } from '../isolation/testing/fixtures';
import { CloudAccountDialog } from './account-dialog';
import { checkAccount, draftOf } from './account-model';
import { CloudPage } from './cloud-page';
import { discoveryRows } from './discovery-model';
import { likelyInstance, linkedFields } from './link-model';

const suggestion = (id: string, change: Partial<DiscoverySuggestion> = {}): DiscoverySuggestion => ({
  instance: {
    id,
    name: `name-${id}`,
    region: 'eu-central-1',
    system: 'windows',
    status: 'running',
    lockedForSecurity: false,
    publicAddresses: ['203.0.113.9'],
    privateAddresses: [],
    vpcId: null,
  },
  action: 'create',
  profileId: null,
  address: '203.0.113.9',
  ...change,
});

let main: FakeApi;
beforeEach(() => {
  main = installFakeApi();
  main.answer('cloud.ramPolicy', () => ok({ text: '{"Version":"1"}' }));
  main.answer('cloud.regions', () => ok([{ id: 'eu-central-1', name: 'Germany' }]));
});
afterEach(resetWindow);
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('the form of an account', () => {
  const filled = { ...draftOf(undefined), name: 'shop', accessKeyId: 'LTAIx', accessKeySecret: 's' };

  it('wants a name, a key and its secret', () => {
    expect(Object.keys(checkAccount(draftOf(undefined), undefined).errors)).toEqual([
      'name',
      'accessKeyId',
      'accessKeySecret',
    ]);
    expect(checkAccount(filled, undefined).input).toMatchObject({
      id: null,
      secret: { accessKeySecret: 's', securityToken: null },
    });
  });

  it('keeps key and secret of an account that has them, and wants a new secret for a new key', () => {
    const account = accountOf();
    expect(checkAccount(draftOf(account), account).input).toMatchObject({ accessKeyId: null, secret: null });
    const newKey = checkAccount({ ...draftOf(account), accessKeyId: 'LTAIy' }, account);
    expect(newKey.errors.accessKeySecret).toBeDefined();
    const missing = accountOf({ secretState: 'missing' });
    expect(checkAccount(draftOf(missing), missing).errors.accessKeySecret).toBeDefined();
  });

  it('reads regions and roles strictly', () => {
    expect(
      checkAccount({ ...filled, regions: 'eu-central-1, cn-hangzhou' }, undefined).input?.regions,
    ).toEqual(['eu-central-1', 'cn-hangzhou']);
    expect(checkAccount({ ...filled, regions: 'Frankfurt' }, undefined).errors.regions).toBeDefined();
    expect(checkAccount({ ...filled, roleArn: 'admin' }, undefined).errors.roleArn).toBeDefined();
  });

  it('sends the secret once, as a password field, and keeps what was typed when saving fails', async () => {
    main.answer('cloud.saveAccount', () => err(appError('vault.unavailable')));
    renderWindow(<CloudAccountDialog id={null} onClose={() => undefined} />);
    const type = (label: RegExp, value: string): boolean =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    type(/^Name/, 'shop');
    type(/^Access key ID/, 'LTAIx');
    type(/^Access key secret/, 'do-not-show');
    expect((screen.getByLabelText(/^Access key secret/) as HTMLInputElement).type).toBe('password');
    press('Save');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(main.inputsOf('cloud.saveAccount')).toHaveLength(1);
    expect(document.body.textContent).not.toContain('do-not-show');
  });
});

describe('discovery', () => {
  it('puts what is to decide first and leaves out what cannot be watched', () => {
    const rows = discoveryRows(
      [
        suggestion('a', { action: 'known', profileId: idOf(1) }),
        suggestion('b', { action: 'link', profileId: idOf(2) }),
        suggestion('c'),
        suggestion('d', { instance: { ...suggestion('d').instance, system: 'linux' } }),
      ],
      '',
    );
    expect(rows.map((row) => [row.id, row.selectable])).toEqual([
      ['c', true],
      ['b', true],
      ['d', false],
      ['a', false],
    ]);
    expect(discoveryRows([suggestion('a')], '203.0.113.9 NAME')).toHaveLength(1);
    expect(discoveryRows([suggestion('a')], 'nothing')).toEqual([]);
  });

  it('recognises a profile by its address, unless several instances have it', () => {
    const profile = profileOf(1, {
      ssh: { host: '203.0.113.9', port: 22, user: 'ops', authentication: { kind: 'agent' } },
    });
    expect(likelyInstance(discoveryRows([suggestion('a')], ''), profile)).toBe('a');
    expect(likelyInstance(discoveryRows([suggestion('a'), suggestion('b')], ''), profile)).toBeNull();
    const reference = { region: 'eu-central-1', instanceId: 'a', accountId: 'account-1' };
    const fields = linkedFields(profile, reference);
    expect(fields.cloud).toEqual({ provider: 'aliyun', ...reference });
    expect(fields).not.toHaveProperty('id');
  });

  it('adopts the chosen ones', async () => {
    main.answer('cloud.discover', () => ok([suggestion('a'), suggestion('b')]));
    main.answer('cloud.adopt', () => ok({ created: 1, linked: 0 }));
    renderWindow(<CloudPage />, { cloudAccounts: [accountOf()] });
    fireEvent.change(screen.getByLabelText('Region'), { target: { value: 'eu-central-1' } });
    press('List instances');
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Choose name-b' }));
    press('Adopt 1 instance');
    await waitFor(() =>
      expect(main.inputsOf('cloud.adopt')).toEqual([
        { id: 'account-1', region: 'eu-central-1', instanceIds: ['b'], sshUser: 'Administrator' },
      ]),
    );
  });
});

describe('the page', () => {
  it('names the one missing permission after a check', async () => {
    main.answer('cloud.checkAccount', () =>
      err(appError('cloud.denied', { action: 'ecs:DescribeInstances', requestId: 'r' })),
    );
    renderWindow(<CloudPage />, { cloudAccounts: [accountOf()] });
    press('Check');
    expect(await screen.findByText('ecs:DescribeInstances', { selector: 'code' })).toBeTruthy();
  });

  it('shows what can be imported and why the rest cannot', async () => {
    const found = {
      origin: 'aliyunCli',
      region: null,
      accessKeyIdShown: null,
      warning: null,
    } as const;
    main.answer('cloud.importable', () =>
      ok([
        { ...found, key: 'a', name: 'default', mode: 'AK', unsupported: null },
        {
          ...found,
          key: 'b',
          name: 'sso',
          mode: 'External',
          unsupported: { key: 'cloud.regions.none', params: {} },
        },
      ]),
    );
    renderWindow(<CloudPage />);
    press('Look for keys');
    fireEvent.click(await screen.findByRole('button', { name: 'Import default' }));
    expect(screen.queryByRole('button', { name: 'Import sso' })).toBeNull();
    expect(main.inputsOf('cloud.importAccount')).toEqual([{ key: 'a' }]);
  });
});
