/**
 * A name from elsewhere as it may stand in a sentence: on one line, without control characters (a terminal obeys
 * them) and without marks that turn the direction of what follows. Pure.
 */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{Bidi_Control}/gu, '');
