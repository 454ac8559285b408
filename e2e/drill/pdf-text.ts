/** The text of a PDF in the order in which it was drawn, without white space and ligatures. */
export async function pdfText(file: Buffer): Promise<string> {
  const { extractText } = await import('unpdf');
  const { text } = await extractText(new Uint8Array(file), { mergePages: true });
  return text.normalize('NFKC').replace(/\s/g, '');
}
