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

const themes: Readonly<Record<ThemeName, Theme>> = {
  light: webLightTheme,
  dark: webDarkTheme,
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
