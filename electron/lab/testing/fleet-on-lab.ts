import { temporaryFolder } from '../../storage/testing/make-records';
import { systemClock } from '../../watch/clock';
import { createKnownHostsReader } from '../../watch/known-hosts-files';
import { createSshConnections } from '../../watch/ssh-connections';
import { createFleetRig } from '../../watch/testing/fleet-rig';
import { startEstate } from '../estate';

/** The fleet over real SSH to the practice lab, both as fast as they go; nobody's known hosts are read. */
export async function createFleetOnLab() {
  const folder = temporaryFolder();
  const estate = await startEstate({ dataDir: folder.path, speed: 20, history: false });
  const rig = await createFleetRig(systemClock, ({ readKnownHosts, ...secrets }) =>
    createSshConnections({
      ...secrets,
      clock: systemClock,
      knownHosts: createKnownHostsReader([], readKnownHosts),
      log: { debug: () => undefined },
    }),
  );
  await rig.settings.save({
    pollSeconds: { close: 1, normal: 1, relaxed: 1 },
    busyPollSeconds: 1,
    quietPollSeconds: 1,
  });
  return {
    estate,
    rig,
    folder: folder.path,
    async dispose(): Promise<void> {
      await rig.dispose();
      await estate.stop();
      folder.remove();
    },
  };
}
