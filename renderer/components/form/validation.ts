import type { Phrase } from '../../../shared/account-status';

/** By the field's name: `name`, `ssh.host`. */
export type FieldErrors = Readonly<Record<string, Phrase>>;

/** What a form's model makes of what is typed. */
export interface Validation<Value> {
  readonly errors: FieldErrors;
  /** What may be surprising but does not stop a save. */
  readonly warnings: FieldErrors;
  /** Null while there are errors. */
  readonly value: Value | null;
}
