// SPDX-License-Identifier: Apache-2.0
// The shell: rail, page, help. Without a token there is only the login.
import { offline, signOut, token } from './api/client';
import type { Status } from './api/types';
import { helpOpen, pages, paletteOpen, shortcuts } from './lib/keys';
import { short } from './lib/format';
import { href, route } from './lib/router';
import { nextTheme, theme } from './lib/theme';
import { AskPage } from './pages/ask';
import { AuditsPage } from './pages/audits';
import { CorporaPage } from './pages/corpora';
import { EnginePage } from './pages/engine';
import { LoginPage } from './pages/login';
import { RunsPage } from './pages/runs';
import { SessionsPage } from './pages/sessions';
import { WorkflowsPage } from './pages/workflows';
import { Dialog } from './ui/dialog';
import { Icon, Mark } from './ui/icons';
import { Palette } from './ui/palette';
import { Empty, Head } from './ui/parts';
import { useResource } from './ui/resource';

const views: Record<string, () => preact.JSX.Element> = {
  ask: AskPage,
  audits: AuditsPage,
  runs: RunsPage,
  sessions: SessionsPage,
  corpora: CorporaPage,
  workflows: WorkflowsPage,
  engine: EnginePage,
};

function Rail() {
  const status = useResource<Status>('/api/status', 30_000).data;
  const themeIcon = { system: 'system', light: 'sun', dark: 'moon' }[theme.value];
  return (
    <nav class="rail" aria-label="Pages">
      <div class="brand">
        <Mark />
        <span>Fathom</span>
      </div>
      {pages.map(({ page, name, key }) => (
        <a
          key={page}
          class="item"
          href={href(page)}
          title={name}
          aria-current={route.value.page === page ? 'page' : undefined}
        >
          <Icon name={page} />
          <span>{name}</span>
          <span class="key" aria-hidden="true">
            <kbd>g</kbd> <kbd>{key}</kbd>
          </span>
        </a>
      ))}
      <div class="foot">
        <button type="button" class="item" title={`Theme: ${theme.value}`} onClick={nextTheme}>
          <Icon name={themeIcon} />
          <span>Theme: {theme.value}</span>
        </button>
        <button
          type="button"
          class="item"
          title="Go to, or do (Ctrl K)"
          onClick={() => (paletteOpen.value = true)}
        >
          <Icon name="search" />
          <span>Go to…</span>
          <span class="key" aria-hidden="true">
            <kbd>Ctrl</kbd> <kbd>K</kbd>
          </span>
        </button>
        <button
          type="button"
          class="item"
          title="Keyboard"
          onClick={() => (helpOpen.value = true)}
        >
          <Icon name="keys" />
          <span>Keyboard</span>
        </button>
        <button type="button" class="item" title="Sign out" onClick={signOut}>
          <Icon name="out" />
          <span>Sign out</span>
        </button>
        {status && (
          <div class="model xs muted">
            <div class="clip">{status.model.name}</div>
            <div>
              {short(status.model.window_tokens)} tokens · v{status.version}
            </div>
          </div>
        )}
      </div>
    </nav>
  );
}

function Help() {
  return (
    <Dialog title="Keyboard" wide onClose={() => (helpOpen.value = false)}>
      <div class="keys">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys}>
            <span>{does}</span>
            <span class="nowrap">
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </div>
        ))}
      </div>
      <div class="actions">
        <button type="button" class="btn" data-first onClick={() => (helpOpen.value = false)}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

const Missing = () => (
  <>
    <Head title="There is no such page" />
    <Empty icon="search" title="Nothing is here" text={`No page is at ${location.hash}.`}>
      <a class="btn" href="#/ask">
        To Ask
      </a>
    </Empty>
  </>
);

export function App() {
  const page = route.value.page;
  if (!token.value) return <LoginPage />;
  const View = views[page] ?? Missing;
  return (
    <div class="shell">
      <Rail />
      <main class="main">
        {offline.value && (
          <div class="banner" role="status">
            The server does not answer. What you see is what was last known; it is tried again.
          </div>
        )}
        <View key={page} />
      </main>
      {helpOpen.value && <Help />}
      {paletteOpen.value && <Palette />}
    </div>
  );
}
