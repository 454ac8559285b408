import { ok } from '../../shared/result';
import type { ProfileStore } from '../profiles/profile-store';
import type { SettingsStore } from '../profiles/settings-store';
import type { Vault } from '../secrets/vault';
import type { FleetService } from '../watch/fleet';
import type { Handlers } from './dispatch';
import { createProfileHandlers } from './profile-handlers';

export type IsolationHandlers = Pick<Handlers, 'isolation' | 'publicAddress' | 'cloud' | 'audit'>;

export interface HandlerServices {
  readonly profiles: ProfileStore;
  readonly vault: Vault;
  readonly settings: SettingsStore;
  readonly fleet: FleetService;
  /** When a pause that begins now ends, in milliseconds since 1970. */
  readonly pauseEnd: (until: 'oneHour' | 'tomorrow' | 'resume') => number | null;
  /** Asks the admin for recorded logs; null when none was chosen. */
  readonly chooseLogs: () => Promise<readonly string[] | null>;
  readonly app: Handlers['app'];
  readonly lab: Handlers['lab'];
  readonly isolation: IsolationHandlers;
  readonly console: Handlers['console'];
  readonly unlock: Pick<Handlers, 'unlock' | 'passwordReset'>;
  readonly rdp: Handlers['rdp'];
  readonly directory: Handlers['directory'];
  readonly incidents: Handlers['incidents'];
  readonly runbook: Handlers['runbook'];
  readonly checklist: Handlers['checklist'];
  readonly policy: Handlers['policy'];
}

/** Which service answers which request. */
export function createHandlers(services: HandlerServices): Handlers {
  const { fleet, profiles, settings, vault } = services;
  return {
    app: services.app,
    profiles: createProfileHandlers({
      profiles,
      vault,
      secretStates: (profile) => fleet.secretStates(profile),
      onSecrets: (id) => void fleet.reconnect(id),
    }),
    hostKeys: {
      decide: (decision) => fleet.decideHostKey(decision),
      forget: (pin) => fleet.forgetHostKey(pin),
    },
    check: {
      start: (what) => fleet.startCheck(what),
      cancel: ({ checkId }) => fleet.cancelCheck(checkId),
    },
    instance: {
      refresh: ({ id }) => fleet.refresh(id),
      reconnect: ({ id }) => fleet.reconnect(id),
      timeline: fleet.timeline,
      sources: fleet.sources,
      evidence: fleet.evidence,
      brokenRecords: fleet.brokenRecords,
    },
    settings: { save: (changes) => settings.save(changes) },
    notifications: {
      async pause({ until }) {
        const saved = await settings.save({ notificationsPausedUntilMs: services.pauseEnd(until) });
        return saved.ok ? ok(null) : saved;
      },
    },
    savedLog: {
      async open() {
        const files = await services.chooseLogs();
        return files === null ? ok(null) : fleet.openSavedLogs(files);
      },
      cancel: () => fleet.cancelSavedLogs(),
    },
    lab: services.lab,
    policy: services.policy,
    ...services.isolation,
    console: services.console,
    ...services.unlock,
    rdp: services.rdp,
    directory: services.directory,
    incidents: services.incidents,
    runbook: services.runbook,
    checklist: services.checklist,
  };
}
