import { dialog } from 'electron';

/** Asks with the system's dialog where to save a file; null when it was closed without choosing. */
export async function choosePlace(suggestion: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog({
    defaultPath: suggestion,
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
