import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, type RenderResult, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { vi } from 'vitest';
import type { Snapshot } from '../../shared/snapshot';
import { createLanguage, LanguageContext } from '../i18n/language';
import { fromSnapshot } from '../store/mirror';
import { useUi } from '../store/ui';
import { mirror } from '../store/window-mirror';
import { snapshotOf } from './fixtures';

// happy-dom's animations reject when they are cancelled, as real ones do not; without any, Fluent skips them.
Reflect.deleteProperty(Element.prototype, 'animate');

// Rendering Fluent takes its time on a busy machine; what is waited for is an event, not a duration.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

const language = createLanguage('en-GB');

/** Renders with theme and English words, over the given state of main. */
export function renderWindow(element: ReactElement, snapshot: Partial<Snapshot> = {}): RenderResult {
  mirror.store.setState(fromSnapshot(1, snapshotOf(snapshot)), true);
  return render(
    <LanguageContext value={language}>
      <FluentProvider theme={webLightTheme}>{element}</FluentProvider>
    </LanguageContext>,
  );
}

export function resetWindow(): void {
  cleanup();
  useUi.setState(useUi.getInitialState(), true);
}
