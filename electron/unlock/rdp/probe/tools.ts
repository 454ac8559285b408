/** What a probe needs of the world beside the network; times in milliseconds. */
export interface ProbeTools {
  /** A clock that never jumps. */
  readonly ticks: () => number;
  /** Runs once later; the returned function takes it back. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface ProbeLimits {
  readonly nameMs: number;
  readonly connectMs: number;
  /** For the whole answer, however slowly it drips. */
  readonly answerMs: number;
  readonly encryptMs: number;
  /** Of everything that is sent to us during the encryption's handshake. */
  readonly handshakeBytes: number;
}

export const probeLimits: ProbeLimits = {
  nameMs: 5_000,
  connectMs: 5_000,
  answerMs: 5_000,
  encryptMs: 8_000,
  handshakeBytes: 128 * 1024,
};
