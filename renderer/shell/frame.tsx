import { lazy, type ReactElement, Suspense, useEffect, useRef } from 'react';
import { Loading } from '../components/panel';
import { FleetPage } from '../features/fleet/fleet-page';
import { useLanguage } from '../i18n/language';
import { useUi } from '../store/ui';
import { useMirror } from '../store/window-mirror';
import { Banners } from './banners';
import { ErrorBoundary } from './error-boundary';
import { Footer } from './footer';
import styles from './frame.module.css';
import { LoadFailed } from './load-failed';
import { useShortcuts } from './shortcuts';
import { TopBar } from './top-bar';

const FirstRunPage = lazy(async () => ({
  default: (await import('../features/first-run/first-run-page')).FirstRunPage,
}));
const InstancePage = lazy(async () => ({
  default: (await import('../features/instance/instance-page')).InstancePage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../features/settings/settings-page')).SettingsPage,
}));
const SavedLogPage = lazy(async () => ({
  default: (await import('../features/saved-log/saved-log-page')).SavedLogPage,
}));
const IncidentsPage = lazy(async () => ({
  default: (await import('../features/incidents/incidents-page')).IncidentsPage,
}));
const IncidentPage = lazy(async () => ({
  default: (await import('../features/incidents/incident-page')).IncidentPage,
}));
const ChecklistPage = lazy(async () => ({
  default: (await import('../features/checklist/checklist-page')).ChecklistPage,
}));
const CloudPage = lazy(async () => ({ default: (await import('../features/cloud/cloud-page')).CloudPage }));
const AuditPage = lazy(async () => ({ default: (await import('../features/audit/audit-page')).AuditPage }));
const DirectoryPage = lazy(async () => ({
  default: (await import('../features/directory/directory-page')).DirectoryPage,
}));
const PolicyPage = lazy(async () => ({
  default: (await import('../features/policy/policy-page')).PolicyPage,
}));
const RunbookPage = lazy(async () => ({
  default: (await import('../features/runbook/runbook-page')).RunbookPage,
}));
const Dialogs = lazy(async () => ({ default: (await import('./dialogs')).Dialogs }));

function Page(): ReactElement {
  const route = useUi((state) => state.route);
  const empty = useMirror((state) => state.base?.profiles.length === 0);
  switch (route.page) {
    case 'fleet':
      return empty ? <FirstRunPage /> : <FleetPage />;
    case 'instance':
      return <InstancePage key={route.instanceId} id={route.instanceId} accountKey={route.accountKey} />;
    case 'settings':
      return <SettingsPage />;
    case 'savedLog':
      return <SavedLogPage />;
    case 'incidents':
      return <IncidentsPage />;
    case 'incident':
      return <IncidentPage key={route.incidentId} id={route.incidentId} />;
    case 'checklist':
      return <ChecklistPage key={route.incidentId} incidentId={route.incidentId} />;
    case 'cloud':
      return <CloudPage />;
    case 'audit':
      return <AuditPage />;
    case 'directory':
      return <DirectoryPage route={route} />;
    case 'runbook':
      return <RunbookPage route={route} />;
    case 'policy':
      return <PolicyPage key={route.scope.id} scope={route.scope} />;
  }
}

/** The window: bar, banners, the page of the current route, footer, and a dialog above when one is open. */
export function Frame(): ReactElement {
  const { t } = useLanguage();
  const phase = useMirror((state) => state.phase);
  const routeKey = useUi((state) =>
    state.route.page === 'instance'
      ? state.route.instanceId
      : state.route.page === 'incident'
        ? state.route.incidentId
        : state.route.page === 'checklist'
          ? `checklist/${state.route.incidentId}`
          : state.route.page,
  );
  const dialogOpen = useUi((state) => state.dialog !== null);
  const main = useRef<HTMLElement>(null);
  const shownRoute = useRef(routeKey);
  useShortcuts();
  useEffect(() => {
    // A page that replaces another takes the focus, so that the keyboard and a screen reader go on from its top.
    if (shownRoute.current !== routeKey) main.current?.focus();
    shownRoute.current = routeKey;
  }, [routeKey]);
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('common.skip')}
      </button>
      <TopBar />
      <Banners />
      <main className={styles.main} ref={main} tabIndex={-1}>
        <ErrorBoundary resetKey={routeKey}>
          {phase === 'ready' ? (
            <Suspense fallback={<Loading label={t('common.loading')} />}>
              <Page />
            </Suspense>
          ) : (
            <LoadFailed />
          )}
        </ErrorBoundary>
      </main>
      <Footer />
      {dialogOpen ? (
        <ErrorBoundary resetKey={routeKey}>
          <Suspense fallback={null}>
            <Dialogs />
          </Suspense>
        </ErrorBoundary>
      ) : null}
    </div>
  );
}
