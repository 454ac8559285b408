import type { AppError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import type { Clock } from './clock';
import type { HostRpc } from './host';

const ID = 'store.trouble';

/** One notice for all instances while evidence cannot be stored. */
export class StoreNotice {
  readonly #troubled = new Set<InstanceId>();
  #code: string | undefined;

  constructor(
    private readonly rpc: Pick<HostRpc, 'emit'>,
    private readonly clock: Clock,
  ) {}

  set(id: InstanceId, error: AppError | null): void {
    if (error) this.#troubled.add(id);
    else this.#troubled.delete(id);
    const code = error?.code ?? (this.#troubled.size > 0 ? this.#code : undefined);
    if (code === this.#code) return;
    this.#code = code;
    if (code === undefined) {
      this.rpc.emit('notice.cleared', { id: ID });
      return;
    }
    const kind = code === 'file.diskFull' ? 'diskFull' : 'notWritable';
    this.rpc.emit('notice.raised', {
      id: ID,
      severity: 'error',
      message: { key: `notice.store.${kind}`, params: {} },
      atMs: this.clock.now(),
    });
  }
}
