import type { Interner } from './intern';
import type { RawEvent } from './record';
import { scanEvent } from './scan';
import { Template } from './template';

const MOST = 16;
/** Learning costs more than it gives when no two records are alike: it is paid for by records that were. */
const FIRST_CREDIT = 32;
const EARNED = 0.25;

/** Reads records in the usual form: by the layout of one that came before, else by scanning, and learns its layout. */
export class Layouts {
  /** The one that was of use last comes first. */
  readonly #templates: Template[] = [];
  #credit = FIRST_CREDIT;

  constructor(readonly interner: Interner) {}

  /** Undefined when the record is not in the usual form, right or wrong. */
  read(text: string): RawEvent | undefined {
    for (let index = 0; index < this.#templates.length; index++) {
      const template = this.#templates[index];
      const raw = template?.read(text, this.interner);
      if (!template || !raw) continue;
      if (index > 0) {
        this.#templates.splice(index, 1);
        this.#templates.unshift(template);
      }
      this.#credit = Math.min(FIRST_CREDIT, this.#credit + EARNED);
      return raw;
    }
    const raw = scanEvent(text, this.interner);
    if (raw && this.#credit >= 1) this.#learn(text, raw);
    return raw;
  }

  #learn(text: string, raw: RawEvent): void {
    this.#credit--;
    const template = Template.of(text, raw);
    if (!template) return;
    this.#templates.unshift(template);
    if (this.#templates.length > MOST) this.#templates.pop();
  }
}
