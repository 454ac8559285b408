import { expect, it } from 'vitest';
import { sampleEstate } from '../testing/estate';
import { createFakeCloud, fingerprint } from '../testing/fake-cloud';
import { startRig } from '../testing/rig';

it('brings an original rule back although ours for the same address says the same', async () => {
  const estate = sampleEstate();
  const office = '198.51.100.7/32';
  const groups = estate.groups.map((group) => ({
    ...group,
    ingress: group.ingress.map((rule) =>
      rule.id === 'sgr-d'
        ? {
            ...rule,
            ports: { from: 3389, to: 3389 },
            source: { kind: 'ipv4' as const, cidr: office },
            description: 'office',
          }
        : rule,
    ),
  }));
  const rig = await startRig({ cloud: createFakeCloud({ ...estate, groups }, Date.now) });
  const before = fingerprint(rig.cloud.state);
  expect(await rig.go('isolate', { strategy: 'deleteRules' })).toMatchObject({ state: 'isolated' });
  expect(await rig.go('restoreToTrust', { trusted: [office] })).toMatchObject({ state: 'restoredToTrust' });
  const own = rig.cloud.state.groups.find(({ id }) => id === 'sg-own');
  expect(own?.ingress.map(({ description }) => description)).toContain('lockwatch:trust 3389');
  expect(await rig.go('undo', {}, 'web-1')).toMatchObject({ state: 'restored' });
  expect(fingerprint(rig.cloud.state)).toBe(before);
  await rig.service.dispose();
});
