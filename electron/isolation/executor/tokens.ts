import { randomBytes } from 'node:crypto';

/** A token for one planned step: random, so that a second isolation is never taken for the first (fact 16). */
export const newStepToken = (): string => `lw-${randomBytes(24).toString('base64url')}`;
