import type { DirectoryService } from '../directory/service';
import type { Handlers } from './dispatch';

/** The window's requests about directories. */
export const createDirectoryHandlers = (
  service: Pick<DirectoryService, keyof Handlers['directory']>,
): Handlers['directory'] => ({
  save: (input) => service.save(input),
  delete: (input) => service.delete(input),
  undoDelete: (input) => service.undoDelete(input),
  startCheck: (input) => service.startCheck(input),
  cancelCheck: (input) => service.cancelCheck(input),
  decideCertificate: (input) => service.decideCertificate(input),
  forgetCertificate: (input) => service.forgetCertificate(input),
  refresh: (input) => service.refresh(input),
  reconnect: (input) => service.reconnect(input),
  accounts: (input) => service.accounts(input),
  table: (input) => service.table(input),
  planUnlock: (input) => service.planUnlock(input),
  applyUnlock: (input) => service.applyUnlock(input),
});
