import type { CloudInstance, DescribedCall, NetworkChange, NetworkSnapshot } from '../../shared/network';
import type { Result } from '../../shared/result';

export interface InstanceRef {
  readonly region: string;
  readonly instanceId: string;
}

/** What a provider can do at all, so that nothing is offered that cannot be done. */
export interface Capabilities {
  readonly isolation: 'overlayDeny' | 'none';
  readonly console: 'url' | 'none';
  readonly passwordReset: 'reboot' | 'none';
  /** Whether closing the port cuts sessions that are already established; unknown is said, never promised. */
  readonly cutsEstablished: 'yes' | 'no' | 'unknown';
  /** Rules and rule ids in one call. */
  readonly rulesPerCall: number;
  readonly groupsPerInterface: number;
}

/** The way into an instance's console, for a few seconds. */
export interface ConsoleAddress {
  /**
   * The provider's page with the address in it. Whoever has it is at the console: it goes into the window that shows
   * it and nowhere else. A function, so that nothing that writes objects down can write it.
   */
  readonly url: () => string;
  /** Address of that page without its parameters: the only one that the window may show. */
  readonly page: string;
  /** Hosts beside the page's own that it loads its parts from; `*.` stands for any name below. */
  readonly hosts: readonly string[];
  /** Origin of the console itself, `wss://host`: the only one that the page may speak to. */
  readonly socket: string;
  /** Until when it can be used to connect, milliseconds since 1970. */
  readonly validUntilMs: number;
  /** How long the console may be idle before the provider ends it, milliseconds. */
  readonly idleMs: number;
}

export interface CallMade {
  readonly requestId: string;
}

export interface AppliedChange {
  readonly requestIds: readonly string[];
  /** Set by `createGroup`. */
  readonly groupId: string | null;
}

/** The port to a cloud. Errors are values of `shared/errors` (`cloud.*`) and never hold a URL or a secret. */
export interface CloudProvider {
  readonly capabilities: Capabilities;
  /** Proves the credentials without changing anything. */
  checkCredentials(region: string, signal: AbortSignal): Promise<Result<null>>;
  listRegions(
    signal: AbortSignal,
  ): Promise<Result<readonly { readonly id: string; readonly name: string }[]>>;
  listInstances(region: string, signal: AbortSignal): Promise<Result<readonly CloudInstance[]>>;
  /**
   * `members: false` leaves out who else carries each group (the instance itself is listed), which saves two calls
   * a group when only reachability matters, as in a verification. `groupIds` are read beside the groups that the
   * interfaces carry, such as an overlay that is not attached yet; those that do not exist are left out.
   * `expectedGroupIds` are the groups that the interfaces probably carry: a hint, which saves waiting for the
   * interfaces before their groups are read. It changes nothing in what is told.
   */
  snapshot(
    ref: InstanceRef,
    signal: AbortSignal,
    options?: {
      readonly members?: boolean;
      readonly groupIds?: readonly string[];
      readonly expectedGroupIds?: readonly string[];
    },
  ): Promise<Result<NetworkSnapshot>>;
  /**
   * The calls that a change becomes, in order. With the snapshot a change of groups names the whole list that it
   * sets; without it, what is added and taken away.
   */
  describe(change: NetworkChange, ref: InstanceRef, now?: NetworkSnapshot): readonly DescribedCall[];
  /**
   * Makes one change. `token` is random, journalled before, and the same for every retry of this very step.
   * A timeout may leave the effect done: the caller reads again before it concludes anything.
   */
  apply(
    change: NetworkChange,
    ref: InstanceRef,
    token: string,
    signal: AbortSignal,
  ): Promise<Result<AppliedChange>>;
  /** Groups that carry all these tags, attached or not: what a lost run has left. Absent where it cannot be asked. */
  findGroups?(
    region: string,
    tags: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<readonly { readonly id: string }[]>>;
  /** A new way into the console of an instance. Absent where there is none. */
  consoleUrl?(ref: InstanceRef, signal: AbortSignal): Promise<Result<ConsoleAddress>>;
  /** Sets the password that the console asks for, by the rules of `brokenVncPasswordRules`. */
  setConsolePassword?(ref: InstanceRef, password: string, signal: AbortSignal): Promise<Result<null>>;
  /**
   * Sets the password of the built-in administrator of a Windows instance, once; it takes effect with `reboot` only.
   * Absent where `capabilities.passwordReset` is `none`. A failure without an answer may leave it set.
   */
  resetPassword?(ref: InstanceRef, password: string, signal: AbortSignal): Promise<Result<CallMade>>;
  /** Restarts the instance through the cloud, once and not by force. */
  reboot?(ref: InstanceRef, signal: AbortSignal): Promise<Result<CallMade>>;
  instanceState?(ref: InstanceRef, signal: AbortSignal): Promise<Result<CloudInstance>>;
}
