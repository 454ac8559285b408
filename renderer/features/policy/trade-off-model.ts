import {
  guessesPerDay,
  type PolicyChoice,
  policyChoiceSchema,
  type TradeOff,
} from '../../../shared/trade-off';

/** The three values as they are typed. */
export interface ChoiceText {
  readonly threshold: string;
  readonly windowMinutes: string;
  readonly durationMinutes: string;
}

export type ChoiceField = keyof ChoiceText;
export const choiceFields: readonly ChoiceField[] = ['threshold', 'windowMinutes', 'durationMinutes'];

/** Days that the page offers to look back. */
export const spans = [1, 7, 30, 90] as const;

/** What the chosen values are compared with: a strict, a usual and a lenient policy. */
export const comparisons: readonly PolicyChoice[] = [
  { threshold: 3, windowMinutes: 30, durationMinutes: 30 },
  { threshold: 10, windowMinutes: 10, durationMinutes: 10 },
  { threshold: 50, windowMinutes: 10, durationMinutes: 10 },
];

export const textOf = (choice: PolicyChoice): ChoiceText => ({
  threshold: String(choice.threshold),
  windowMinutes: String(choice.windowMinutes),
  durationMinutes: String(choice.durationMinutes),
});

/** The typed values as a policy, or the catalogue key of what is wrong, by field (R1). */
export function parseChoice(
  text: ChoiceText,
): { readonly choice: PolicyChoice } | { readonly errors: Readonly<Partial<Record<ChoiceField, string>>> } {
  const numbers = Object.fromEntries(
    choiceFields.map((field) => [
      field,
      /^\d{1,6}$/.test(text[field].trim()) ? Number(text[field]) : Number.NaN,
    ]),
  );
  const parsed = policyChoiceSchema.safeParse(numbers);
  if (parsed.success) return { choice: parsed.data };
  const errors: Partial<Record<ChoiceField, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = choiceFields.find((one) => one === path[0]);
    if (field)
      errors[field] ??=
        message === 'shorterThanWindow' ? 'tradeOff.error.shorterThanWindow' : `tradeOff.error.${field}`;
  }
  return { errors };
}

export const sameChoice = (a: PolicyChoice, b: PolicyChoice): boolean =>
  choiceFields.every((field) => a[field] === b[field]);

/** The policies to ask about: the admin's own and those it is compared with, each once. */
export const asked = (own: PolicyChoice): PolicyChoice[] => [
  own,
  ...comparisons.filter((one) => !sameChoice(one, own)),
];

/** What the three values mean for somebody who mistypes, and for a guesser: catalogue keys with values. */
export function meaningOf({ threshold, windowMinutes, durationMinutes }: PolicyChoice): readonly {
  readonly key: string;
  readonly params: Readonly<Record<string, number>>;
}[] {
  if (threshold === 0)
    return [
      { key: 'tradeOff.user.never', params: {} },
      { key: 'tradeOff.guesser.never', params: {} },
    ];
  const slips = threshold - 1;
  const params = { slips, window: windowMinutes * 60, duration: durationMinutes * 60 };
  const guesses =
    guessesPerDay(threshold, windowMinutes * 60, durationMinutes === 0 ? null : durationMinutes * 60) ?? 0;
  return [
    { key: durationMinutes === 0 ? 'tradeOff.user.untilAdmin' : 'tradeOff.user.auto', params },
    { key: 'tradeOff.guesser.auto', params: { guesses, year: guesses * 365 } },
  ];
}

export interface TradeOffRow {
  readonly kind: 'current' | 'own' | 'comparison';
  readonly figures: TradeOff['chosen'][number];
}

/** The rows of the table: in force first, then the admin's own choice, then the others. */
export const rowsOf = (answer: TradeOff, own: PolicyChoice): readonly TradeOffRow[] => [
  ...(answer.current ? [{ kind: 'current', figures: answer.current } as const] : []),
  ...answer.chosen.map((figures) => ({
    kind: sameChoice(figures.choice, own) ? ('own' as const) : ('comparison' as const),
    figures,
  })),
];
