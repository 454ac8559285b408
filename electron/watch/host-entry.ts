import { openEvidenceStore } from '../storage/evidence-store';
import { systemClock } from './clock';
import { createHost } from './host';
import { createKnownHostsReader, knownHostsPaths } from './known-hosts-files';
import { endOfParentPort } from './message-ends';
import { createSshConnections } from './ssh-connections';

/** The evidence process as Electron starts it (`utilityProcess`). */
createHost({
  end: endOfParentPort(process.parentPort),
  clock: systemClock,
  random: Math.random,
  openStore: (path, thorough) => openEvidenceStore(path, { now: Date.now, thorough }),
  connections: ({ readKnownHosts, ...secrets }) =>
    createSshConnections({
      ...secrets,
      clock: systemClock,
      knownHosts: createKnownHostsReader(knownHostsPaths(process.platform, process.env), readKnownHosts),
      log: { debug: () => undefined },
    }),
  exit: (code) => process.exit(code),
});
