import { clipboard } from 'electron';

/** The system's clipboard as plain text. Older runtimes answer at once, newer ones by a promise. */
export const systemClipboard = {
  readText: async (): Promise<string> => await clipboard.readText(),
  writeText: async (text: string): Promise<void> => await clipboard.writeText(text),
  clear: async (): Promise<void> => await clipboard.clear(),
};
