import { appError } from '../../shared/errors';
import { err, type Result } from '../../shared/result';
import type { InstanceModel } from '../lockout';
import type { DirectoryHostEvents, DirectoryHostRequests, DirectoryMainRequests } from './directory-protocol';
import type { Handlers, Listeners } from './rpc';

export type DirectoryRequest = <N extends keyof DirectoryHostRequests & string>(
  name: N,
  input: DirectoryHostRequests[N]['input'],
) => Promise<Result<DirectoryHostRequests[N]['output']>>;

/** What the directories need of the evidence process, which the fleet starts and ends, and what they add to the fleet. */
export interface DirectoryLink {
  readonly handlers: Handlers<DirectoryMainRequests>;
  readonly listeners: Listeners<DirectoryHostEvents>;
  /** The process runs, and knows nothing yet. */
  ready(request: DirectoryRequest): void;
  gone(): void;
  /** A model with what domains say of their accounts in it; the same object while that does not change. */
  enrich(model: InstanceModel): InstanceModel;
}

/** For a fleet without directories. */
export const noDirectories: DirectoryLink = {
  handlers: { 'directory.secret': () => err(appError('vault.secretMissing')) },
  listeners: {
    'directory.changed': () => undefined,
    'directory.read': () => undefined,
    'directory.settled': () => undefined,
    'directory.checked': () => undefined,
  },
  ready: () => undefined,
  gone: () => undefined,
  enrich: (model) => model,
};
