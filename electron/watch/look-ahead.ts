import type { AppError } from '../../shared/errors';
import { CHANNELS } from '../../shared/evidence';
import { applyEvents, type InstanceModel } from '../lockout';
import type { InstanceSession } from '../sources/source';
import type { Clock } from './clock';
import { within } from './deadline';
import type { InstanceEvidence } from './instance-evidence';
import type { InstanceReader } from './instance-reader';
import { withAccounts } from './readings';
import { ROUND_LIMIT, TUNING } from './tuning';
import { LOCK_EVENTS } from './watched-events';

/**
 * The present, ahead of the evidence: while a long log is read, oldest first, locks and account states are read ahead
 * of it, so that the admin sees them within seconds. They go into a model that is only shown; the stored one takes
 * everything in its order.
 */
export class LookAhead {
  #model: InstanceModel | null = null;
  #from: number | undefined;
  #readAtMs: number | null = null;

  constructor(
    private readonly options: { readonly evidence: InstanceEvidence; readonly clock: Clock },
    private readonly reader: InstanceReader,
  ) {}

  get model(): InstanceModel | null {
    return this.#model;
  }
  /** When the accounts in it were read, in milliseconds since 1970; null: they were not. */
  get readAtMs(): number | null {
    return this.#readAtMs;
  }

  /** Begins with what the accounts show before the first event is read; false when they could not be read. */
  begin(): boolean {
    const { evidence } = this.options;
    if (!this.reader.accounts) return false;
    this.#from = evidence.bookmark(CHANNELS.security)?.recordId;
    this.#show(evidence.model);
    return true;
  }

  /** The evidence has become the present. */
  end(): void {
    this.#model = null;
    this.#from = undefined;
  }

  /** Reads ahead if it is time to. Gives the failure that ends the session. */
  async read(session: InstanceSession, signal: AbortSignal): Promise<AppError | null> {
    const { clock, evidence } = this.options;
    const { due } = this.reader;
    if (!due.isDue('lookAhead', clock.now())) return null;
    let model = this.#model ?? evidence.model;
    const failure = await this.reader.read(session, signal, ['accounts']);
    if (failure) return failure;
    const read = await within(clock, TUNING.eventsMs, signal, (inner) =>
      session.readEvents(
        {
          channel: CHANNELS.security,
          eventIds: LOCK_EVENTS,
          afterRecordId: this.#from,
          sinceMs: this.#from === undefined ? TUNING.firstReadMs : undefined,
          limit: ROUND_LIMIT,
          signal: inner,
        },
        ({ events }) => {
          model = applyEvents(model, events);
          this.#from = events.at(-1)?.recordId ?? this.#from;
        },
      ),
    );
    if (!read.ok) return read.error;
    this.#show(model);
    due.done('lookAhead', clock.now(), TUNING.lookAheadEveryMs);
    return null;
  }

  #show(model: InstanceModel): void {
    const { accounts } = this.reader;
    this.#model = accounts ? withAccounts(model, accounts.list, accounts.at, accounts.domain) : model;
    this.#readAtMs = accounts?.readAtMs ?? null;
  }
}
