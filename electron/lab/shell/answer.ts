/** What a command prints and how it ends. */
export interface CommandAnswer {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exitCode: number;
}

const EMPTY = Buffer.alloc(0);

// Code page 437, the upper half.
const UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';
const UPPER_CODES = new Map([...UPPER].map((char, index) => [char, 128 + index]));

/** Text as a console program writes it under code page 437; what the page lacks becomes a question mark. */
export function toCodePage(text: string): Buffer {
  const bytes = Buffer.alloc(text.length);
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 63;
    bytes[at++] = code < 128 ? code : (UPPER_CODES.get(char) ?? 63);
  }
  return bytes.subarray(0, at);
}

export const printed = (text: string): CommandAnswer => ({
  stdout: toCodePage(text),
  stderr: EMPTY,
  exitCode: 0,
});

export const failed = (exitCode: number, text: string): CommandAnswer => ({
  stdout: EMPTY,
  stderr: toCodePage(text),
  exitCode,
});
