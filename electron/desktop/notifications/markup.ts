/**
 * On Linux the desktop reads a toast's text as markup, with links and pictures, and an attacker chooses the names that
 * stand in it. Not every desktop reads it so: signs that look alike are right on both kinds.
 */
export const withoutMarkup = (text: string, platform: string): string =>
  platform === 'linux' ? text.replaceAll('<', '‹').replaceAll('>', '›') : text;
