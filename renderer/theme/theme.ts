import { type Theme, teamsHighContrastTheme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/settings';

export type ThemeName = 'light' | 'dark' | 'highContrast';

/** The system's high contrast goes before everything, then the setting, then the system's light or dark. */
export function themeName(setting: Settings['theme'], systemDark: boolean, forcedColors: boolean): ThemeName {
  if (forcedColors) return 'highContrast';
  if (setting === 'system') return systemDark ? 'dark' : 'light';
  return setting;
}

/** Fluent's dark red text has a contrast of 4.2 on its own grounds; this one has more than 5 on all of ours. */
const dark: Theme = { ...webDarkTheme, colorStatusDangerForeground1: '#f1929b' };

const themes: Readonly<Record<ThemeName, Theme>> = {
  light: webLightTheme,
  dark,
  highContrast: teamsHighContrastTheme,
};
export const themeTokens = (name: ThemeName): Theme => themes[name];

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}

export function useThemeName(setting: Settings['theme']): ThemeName {
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const forcedColors = useMedia('(forced-colors: active)');
  return themeName(setting, systemDark, forcedColors);
}
