import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { type ReactElement, StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { ConsolePageInfo } from '../../shared/console';
import { createLanguage, LanguageContext } from '../i18n/language';
import { themeTokens, useThemeName } from '../theme/theme';
import { bridge } from './bridge';
import { ConsolePage } from './console-page';

/** Theme, from the system as main has set it, and language around the page. */
function Console({ info }: { readonly info: ConsolePageInfo }): ReactElement {
  const theme = useThemeName('system');
  const locale = info.language === 'system' ? navigator.language : info.language;
  const language = useMemo(() => createLanguage(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = language.fmt.locale;
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme =
      theme === 'dark' ? 'dark' : theme === 'light' ? 'light' : 'normal';
  }, [language, theme]);
  return (
    <LanguageContext value={language}>
      <FluentProvider theme={themeTokens(theme)}>
        <ConsolePage info={info} />
      </FluentProvider>
    </LanguageContext>
  );
}

/** Nothing is shown before main has said whose console this is. */
function Start(): ReactElement | null {
  const [info, setInfo] = useState<ConsolePageInfo | null>(null);
  useEffect(() => {
    void bridge()
      .info()
      .then((answer) => answer.ok && setInfo(answer.value));
  }, []);
  return info && <Console info={info} />;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const styleRenderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <RendererProvider renderer={styleRenderer} targetDocument={document}>
        <Start />
      </RendererProvider>
    </StrictMode>,
  );
}
