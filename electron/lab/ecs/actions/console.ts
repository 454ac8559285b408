import { EcsError, wrongStatus } from '../error';
import { required } from '../parameters';
import { percentEncode } from '../signature/percent';
import type { Action } from './call';
import { freeInstanceOf, instanceOf } from './call';

/** Fact 22: comes percent-encoded already. It names no server that exists, so nothing ends after its 15 seconds. */
export const describeInstanceVncUrl: Action = {
  token: false,
  run({ parameters, state, newId }) {
    const { id, status } = instanceOf(state, required(parameters, 'InstanceId'));
    if (status !== 'Running') throw wrongStatus();
    const url = `wss://vnc.stand-in.invalid/websockify/?s=${percentEncode(`${id}/${newId('vnc')}==`)}`;
    return { VncUrl: percentEncode(url) };
  },
};

/** Fact 24. The password is looked at and forgotten. */
export const modifyInstanceVncPasswd: Action = {
  token: false,
  run({ parameters, state }) {
    freeInstanceOf(state, required(parameters, 'InstanceId'));
    const password = required(parameters, 'VncPassword');
    const good =
      /^[A-Za-z0-9]{6}$/.test(password) && [/[a-z]/, /[A-Z]/, /\d/].every((one) => one.test(password));
    if (!good)
      throw new EcsError(400, 'IncorrectVncPassword.Malformed', 'The VncPassword is not well formed.');
    return {};
  },
};
