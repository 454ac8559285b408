import './zod-jitless';
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app';
import { startWindow } from './store/start';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const styleRenderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });
const root = document.getElementById('root');
if (root) {
  startWindow();
  createRoot(root).render(
    <StrictMode>
      <RendererProvider renderer={styleRenderer} targetDocument={document}>
        <App />
      </RendererProvider>
    </StrictMode>,
  );
}
