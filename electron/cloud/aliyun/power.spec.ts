import { describe, expect, it } from 'vitest';
import { createEcsRig, ref } from '../testing/ecs-rig';
import type { StubAnswer } from '../testing/stub-cloud';

const PASSWORD = "canary-Pass/w0rd+'(1)";
const refused = (status: number, Code: string, more: object = {}): StubAnswer => ({
  status,
  json: { Code, Message: `The Password ${PASSWORD} is not good`, RequestId: 'R-no', ...more },
});

function rigAnswering(...answers: StubAnswer[]) {
  const rig = createEcsRig();
  rig.ecs.before = (_call, count) => answers[Math.min(count, answers.length) - 1];
  const reset = () => rig.run(rig.provider.resetPassword(ref, PASSWORD, rig.signal));
  const reboot = () => rig.run(rig.provider.reboot(ref, rig.signal));
  return { ...rig, reset, reboot };
}

describe('setting a password and rebooting', () => {
  it('sends each once, with what the API asks for', async () => {
    const rig = rigAnswering({ json: { RequestId: 'R-1' } });
    expect(await rig.reset()).toEqual({ ok: true, value: { requestId: 'R-1' } });
    expect(await rig.reboot()).toEqual({ ok: true, value: { requestId: 'R-1' } });
    expect(rig.calls.map(({ action, parameters }) => ({ action, parameters }))).toEqual([
      { action: 'ModifyInstanceAttribute', parameters: { InstanceId: 'i-1', Password: PASSWORD } },
      { action: 'RebootInstance', parameters: { InstanceId: 'i-1', ForceStop: 'false' } },
    ]);
  });

  it.each([
    ['a lost answer', 'drop', 'cloud.network'],
    ['silence', 'hang', 'cloud.timeout'],
    ['a failure of the cloud', refused(500, 'InternalError'), 'cloud.server'],
    ['no answer of the API', { status: 502, text: '<html>' }, 'cloud.server'],
  ] as const)('is not sent again after %s: it may have taken effect', async (_what, answer, code) => {
    const rig = rigAnswering(answer, { json: { RequestId: 'R-2' } });
    const result = await rig.reset();
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(rig.calls).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it.each([
    [
      refused(400, 'InvalidPassword.Malformed'),
      { code: 'cloud.invalid', params: { code: 'InvalidPassword.Malformed' } },
    ],
    [
      refused(403, 'IncorrectInstanceStatus'),
      { code: 'cloud.conflict', params: { code: 'IncorrectInstanceStatus' } },
    ],
    [refused(403, 'InstanceLockedForSecurity'), { code: 'cloud.lockedForSecurity' }],
    [
      refused(403, 'NoPermission', { AccessDeniedDetail: { AuthAction: 'ecs:ModifyInstanceAttribute' } }),
      { code: 'cloud.denied', params: { action: 'ecs:ModifyInstanceAttribute' } },
    ],
    [refused(404, 'InvalidInstanceId.NotFound'), { code: 'cloud.notFound' }],
  ])('sorts a refusal without a word of what was sent', async (answer, error) => {
    const rig = rigAnswering(answer);
    const result = await rig.reset();
    expect(result).toMatchObject({ ok: false, error });
    expect(rig.calls).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('reads the state of one instance', async () => {
    const rig = createEcsRig();
    const state = await rig.run(rig.provider.instanceState(ref, rig.signal));
    expect(state).toMatchObject({ ok: true, value: { id: 'i-1', status: 'running', system: 'windows' } });
    expect(rig.actions()).toEqual(['DescribeInstances']);
  });
});
