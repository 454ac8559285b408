import type { IncidentEvidence, IncidentEvidenceQuery, IncidentId } from '../../shared/incident';
import type { Result } from '../../shared/result';
import type { Clock } from '../watch/clock';

export interface EvidenceRoundsOptions {
  readonly clock: Clock;
  readonly ask: (asked: IncidentEvidenceQuery) => Promise<Result<IncidentEvidence>>;
  /** What to ask for an incident; null when there is none any more. */
  readonly scope: (id: IncidentId) => IncidentEvidenceQuery | null;
  readonly onEvidence: (id: IncidentId, evidence: IncidentEvidence) => void;
}

/** An answer is good enough for a page for so long, milliseconds. */
const FRESH_MS = 2000;
const LEAST_PAUSE_MS = 5000;
/** An answer that takes long is asked for less often: this share of the time at most goes into it. */
const PAUSE_TIMES = 50;

interface Turn {
  askedAtMs: number;
  running: Promise<void> | null;
  wanted: boolean;
}

/** Asks for the failures of open incidents, seldom enough that the evidence process does not feel it. */
export class EvidenceRounds {
  readonly #options: EvidenceRoundsOptions;
  readonly #turns = new Map<IncidentId, Turn>();
  #pauseMs = LEAST_PAUSE_MS;
  #cancel: (() => void) | undefined;
  #disposed = false;

  constructor(options: EvidenceRoundsOptions) {
    this.#options = options;
  }

  /** Its failures have changed: they are asked for when its turn comes. */
  wanted(id: IncidentId): void {
    const turn = this.#turn(id);
    turn.wanted = true;
    // An incident that nothing is known of yet does not wait.
    if (turn.askedAtMs === Number.NEGATIVE_INFINITY && !turn.running) void this.now(id);
    this.#soon();
  }

  /** Asks at once, unless that was just done; settles when the answer is in, or failed. */
  now(id: IncidentId): Promise<void> {
    const turn = this.#turn(id);
    const freshUntilMs = turn.askedAtMs + FRESH_MS;
    const nowMs = this.#options.clock.now();
    if (turn.running) return turn.running;
    if (nowMs >= turn.askedAtMs && nowMs < freshUntilMs) return Promise.resolve();
    turn.running = this.#ask(id, turn).finally(() => {
      turn.running = null;
    });
    return turn.running;
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancel?.();
  }

  #turn(id: IncidentId): Turn {
    const turn = this.#turns.get(id) ?? { askedAtMs: Number.NEGATIVE_INFINITY, running: null, wanted: false };
    this.#turns.set(id, turn);
    return turn;
  }

  async #ask(id: IncidentId, turn: Turn): Promise<void> {
    const { clock, ask, scope, onEvidence } = this.#options;
    const asked = scope(id);
    if (asked === null) {
      this.#turns.delete(id);
      return;
    }
    const startedMs = clock.now();
    turn.wanted = false;
    const answer = await ask(asked);
    if (!answer.ok || this.#disposed) return;
    turn.askedAtMs = clock.now();
    this.#pauseMs = Math.max(LEAST_PAUSE_MS, (turn.askedAtMs - startedMs) * PAUSE_TIMES);
    onEvidence(id, answer.value);
  }

  #soon(): void {
    if (this.#disposed) return;
    this.#cancel ??= this.#options.clock.after(this.#pauseMs, () => {
      this.#cancel = undefined;
      const due = [...this.#turns].filter(([, { wanted }]) => wanted);
      void this.#inTurn(due.map(([id]) => id));
    });
  }

  async #inTurn(ids: readonly IncidentId[]): Promise<void> {
    for (const id of ids) await this.now(id);
    if ([...this.#turns.values()].some(({ wanted }) => wanted)) this.#soon();
  }
}
