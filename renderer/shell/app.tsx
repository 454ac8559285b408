import { FluentProvider } from '@fluentui/react-components';
import { type ReactElement, useEffect, useMemo } from 'react';
import { createLanguage, LanguageContext } from '../i18n/language';
import { useMirror, useSettings } from '../store/window-mirror';
import { themeTokens, useThemeName } from '../theme/theme';
import { Announcer } from './announcer';
import { Frame } from './frame';
import { Toaster } from './toaster';

/** Theme and language around everything. */
export function App(): ReactElement {
  const settings = useSettings();
  const systemLocale = useMirror((state) => state.base?.app.systemLocale ?? navigator.language);
  const locale = settings.language === 'system' ? systemLocale : settings.language;
  const language = useMemo(() => createLanguage(locale), [locale]);
  const theme = useThemeName(settings.theme);
  useEffect(() => {
    document.documentElement.lang = language.fmt.locale;
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme =
      theme === 'dark' ? 'dark' : theme === 'light' ? 'light' : 'normal';
  }, [language, theme]);
  return (
    <LanguageContext value={language}>
      <FluentProvider theme={themeTokens(theme)}>
        <Frame />
        <Toaster />
        <Announcer />
      </FluentProvider>
    </LanguageContext>
  );
}
