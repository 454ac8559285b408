import type { Sequence } from './sequence';

/** What random sequences brought to light, made small and kept. They run one after the other under the domain's policy. */
export interface FixedSequence extends Sequence {
  readonly name: string;
  /** Ids of the known differences that must come up, in their order. */
  readonly known: readonly string[];
}

const bind = (password: 'right' | 'wrong' | { readonly old: number }) =>
  ({ do: 'logon', route: 'bind', password }) as const;
const kerberos = (password: 'right' | 'wrong' | { readonly old: number }) =>
  ({ do: 'logon', route: 'kerberos', password }) as const;
const three = { threshold: 3, windowSeconds: 300, durationSeconds: 300, history: 24 };
const KERBEROS = 'Kerberos counts previous passwords';

export const FIXED_SEQUENCES: readonly FixedSequence[] = [
  {
    name: 'a threshold that is lowered beneath the count: the next failure counts on and locks',
    policy: three,
    steps: [
      [0, bind('wrong')],
      [0, bind('wrong')],
      [0, { do: 'policy', values: { threshold: 1 } }],
      [0, bind('wrong')],
      [0, bind('right')],
    ],
    known: [],
  },
  {
    name: 'a simple bind is a network logon: the previous password passes, and a success without a count is not noted',
    policy: three,
    steps: [
      [0, bind('right')],
      [0, bind({ old: 1 })],
      [0, bind({ old: 2 })],
      [0, bind({ old: 3 })],
      [0, bind({ old: 1 })],
    ],
    known: [],
  },
  {
    name: 'Kerberos counts the previous password, and locks by it',
    policy: { ...three, threshold: 2 },
    steps: [
      [0, kerberos({ old: 1 })],
      [0, kerberos({ old: 2 })],
      [0, kerberos('right')],
    ],
    known: [KERBEROS, KERBEROS],
  },
  {
    name: 'a history of 2 spares the previous password only, of 1 and 0 none',
    policy: { ...three, threshold: 9 },
    steps: [
      [0, { do: 'policy', values: { history: 2 } }],
      [0, bind({ old: 1 })],
      [0, bind({ old: 2 })],
      [0, { do: 'policy', values: { history: 1 } }],
      [0, bind({ old: 1 })],
      [0, { do: 'policy', values: { history: 0 } }],
      [0, bind({ old: 1 })],
    ],
    known: [],
  },
  {
    name: 'what is forgotten at a reset stays forgotten when the history grows again',
    policy: { ...three, threshold: 9 },
    steps: [
      [0, { do: 'policy', values: { history: 1 } }],
      [0, { do: 'reset' }],
      [0, { do: 'policy', values: { history: 24 } }],
      [0, bind({ old: 1 })],
      [0, { do: 'reset' }],
      [0, bind({ old: 1 })],
      [0, bind({ old: 2 })],
    ],
    known: [],
  },
  {
    name: 'to disable or to enable writes userAccountControl whole, which unlocks what is locked and only that',
    policy: three,
    steps: [
      [0, bind('wrong')],
      [0, { do: 'enable', enabled: false }],
      [0, bind('right')],
      [0, bind('wrong')],
      [0, bind('wrong')],
      [0, bind('right')],
      [0, { do: 'enable', enabled: true }],
      [0, bind('right')],
    ],
    known: [],
  },
  {
    name: 'a lock of seconds ends by itself, and the next failure begins anew',
    policy: { threshold: 1, windowSeconds: 2, durationSeconds: 2, history: 24 },
    steps: [
      [0, bind({ old: 3 })],
      [0, { do: 'lockBit' }],
      // A second longer than the lock: Samba ends it at a whole second.
      [0, { do: 'wait', seconds: 3, by: 'clock' }],
      [0, bind('wrong')],
    ],
    known: [],
  },
];
