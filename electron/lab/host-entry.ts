import { type LabReport, labCommandSchema } from '../../shared/lab';
import { LabHost } from './host';

/** The port of an Electron utility process, which hands over `{data}`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const send = (report: LabReport): void => {
  if (parentPort) parentPort.postMessage(report);
  else if (process.connected) process.send?.(report);
};

const host = new LabHost(send);
/** A message that is still on its way is lost when the process ends: it gets this long. */
const LAST_WORD_MS = 500;
const end = () => setTimeout(() => process.exit(0), LAST_WORD_MS);

const receive = (message: unknown): void => {
  const command = labCommandSchema.safeParse(message);
  if (!command.success) send({ kind: 'refused', reason: 'malformed' });
  else void host.handle(command.data).then((goOn) => (goOn ? undefined : end()));
};

if (parentPort) parentPort.on('message', ({ data }) => receive(data));
else {
  process.on('message', receive);
  // Without its parent the estate has nobody to play for.
  process.on('disconnect', () => process.exit(0));
}
