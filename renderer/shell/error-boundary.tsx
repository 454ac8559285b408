import { Button } from '@fluentui/react-components';
import { Component, type ReactElement, type ReactNode } from 'react';
import { Empty } from '../components/panel';
import { useLanguage } from '../i18n/language';

function Crashed({ onReload }: { readonly onReload: () => void }): ReactElement {
  const { t } = useLanguage();
  return (
    <Empty page title={t('crash.title')} text={t('crash.text')}>
      <Button appearance="primary" onClick={onReload}>
        {t('crash.reload')}
      </Button>
    </Empty>
  );
}

interface Props {
  readonly resetKey: string;
  readonly children: ReactNode;
}
interface State {
  readonly failed: boolean;
  readonly resetKey: string;
}

/** Keeps a fault of one page from taking the window; another page, or the button, starts afresh. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Crashed onReload={() => this.setState({ failed: false })} />;
  }
}
