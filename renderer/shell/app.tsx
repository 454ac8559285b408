import { FluentProvider, useFocusFinders } from '@fluentui/react-components';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { createLanguage, LanguageContext } from '../i18n/language';
import { useUi } from '../store/ui';
import { useMirror, useSettings } from '../store/window-mirror';
import { themeTokens, useThemeName } from '../theme/theme';
import { Announcer } from './announcer';
import { Frame } from './frame';
import { Toaster } from './toaster';

/**
 * Fluent's focus management lives as long as one component uses it, and tidies up a moment after a dialog is gone. If
 * the dialog were its only user, it would be gone too, and the page would stay hidden from screen readers for good.
 */
function FocusManagement(): null {
  useFocusFinders();
  return null;
}

/** From the first dialog on: before it, nobody needs it. */
function useFocusManagement(): boolean {
  const open = useUi((state) => state.dialog !== null);
  const [needed, setNeeded] = useState(open);
  if (open && !needed) setNeeded(true);
  return needed;
}

/** Theme and language around everything. */
export function App(): ReactElement {
  const settings = useSettings();
  const systemLocale = useMirror((state) => state.base?.app.systemLocale ?? navigator.language);
  const locale = settings.language === 'system' ? systemLocale : settings.language;
  const language = useMemo(() => createLanguage(locale), [locale]);
  const theme = useThemeName(settings.theme);
  const needsFocusManagement = useFocusManagement();
  useEffect(() => {
    document.documentElement.lang = language.fmt.locale;
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme =
      theme === 'dark' ? 'dark' : theme === 'light' ? 'light' : 'normal';
  }, [language, theme]);
  return (
    <LanguageContext value={language}>
      <FluentProvider theme={themeTokens(theme)}>
        {needsFocusManagement ? <FocusManagement /> : null}
        <Frame />
        <Toaster />
        <Announcer />
      </FluentProvider>
    </LanguageContext>
  );
}
