/**
 * The import rules: which room may reach what. Paths are from the top of the repository, `*` one name, `**` any depth.
 * `from` says whom a rule concerns, `except` who is free of it; a rule forbids what `to` (files), `packages`
 * or `names` (imports of the electron module by name) list, but for what `allow` lists.
 */
const specs = ['**/*.spec.ts', '**/*.spec.tsx', 'e2e/**', 'bench/**', 'cli/**', '*.config.ts'];

export const NODE = 'node:*';
export const ANY_PACKAGE = '*';

/** @typedef {{id: string, why: string, from: string[], except?: string[], to?: string[], allow?: string[], packages?: string[], allowPackages?: string[], names?: string[]}} Rule */

/** Folders whose code decides and touches nothing: time, files and network come in as arguments. */
const deciding = [
  'electron/lockout/**',
  'electron/isolation/exposure/**',
  'electron/isolation/plan/**',
  'electron/unlock/rdp/rules/**',
  'electron/unlock/checklist/rules/**',
  'electron/incidents/rules/**',
];

/** @type {Rule[]} */
export const rules = [
  {
    id: 'shared-stands-alone',
    why: 'shared is the vocabulary of both processes: it imports nothing but zod (and the message formatter)',
    from: ['shared/**'],
    except: specs,
    to: ['**'],
    allow: ['shared/**'],
    packages: [ANY_PACKAGE, NODE],
    allowPackages: ['zod', 'intl-messageformat'],
  },
  {
    id: 'renderer-knows-only-shared',
    why: 'the window mirrors main through the contract; it never reaches into main, node or a driver',
    from: ['renderer/**'],
    except: specs,
    to: ['**'],
    allow: ['renderer/**', 'shared/**'],
    packages: [NODE, 'electron', 'ssh2', 'ldapts', '@photostructure/sqlite'],
  },
  {
    id: 'deciding-code-is-pure',
    why: 'code that decides imports shared only: no clock, no file, no network',
    from: deciding,
    except: specs,
    to: ['**'],
    allow: [...deciding, 'shared/**'],
    packages: [ANY_PACKAGE, NODE],
  },
  {
    id: 'main-does-not-import-the-window',
    why: 'main and the window meet in shared only',
    from: ['electron/**'],
    to: ['renderer/**'],
  },
  {
    id: 'product-does-not-import-tests',
    why: 'what ships never leans on tests, benches or scripts',
    from: ['electron/**', 'shared/**', 'renderer/**'],
    except: specs,
    to: ['e2e/**', 'bench/**', 'cli/**', 'scripts/**'],
  },
  {
    id: 'ssh2-in-its-room',
    why: 'only the SSH source speaks SSH; the practice lab is its stand-in server',
    from: ['**'],
    except: ['electron/sources/ssh/**', 'electron/lab/**', ...specs],
    packages: ['ssh2'],
  },
  {
    id: 'ldapts-in-its-room',
    why: 'only the directory source speaks LDAP; the practice lab is its stand-in server',
    from: ['**'],
    except: ['electron/sources/directory/**', 'electron/lab/**', ...specs],
    packages: ['ldapts'],
  },
  {
    id: 'database-in-storage',
    why: 'only storage knows the database driver',
    from: ['**'],
    except: ['electron/storage/**', ...specs],
    packages: ['@photostructure/sqlite', 'node:sqlite'],
  },
  {
    id: 'aliyun-behind-the-port',
    why: 'whoever changes a cloud does it through the provider port',
    from: ['electron/**'],
    except: ['electron/cloud/**', ...specs],
    to: ['electron/cloud/aliyun/**'],
  },
  {
    id: 'electron-in-few-rooms',
    why: 'the electron module is the world: only the rooms at the edge touch it',
    from: ['**'],
    except: [
      'electron/desktop/**',
      'electron/secrets/**',
      'electron/ipc/**',
      'electron/preload.ts',
      'electron/console-preload.ts',
      'electron/main.ts',
      'electron/compose.ts',
      'electron/compose/**',
      'electron/watch/host-entry.ts',
      'electron/lab/host-entry.ts',
      ...specs,
    ],
    packages: ['electron'],
  },
  {
    id: 'ipc-main-in-register',
    why: 'every request passes the sender check and the schema in one place',
    from: ['**'],
    except: ['electron/ipc/register.ts'],
    names: ['ipcMain'],
  },
  {
    id: 'ipc-renderer-in-preload',
    why: 'the page gets functions, never the raw IPC',
    from: ['**'],
    except: ['electron/preload.ts', 'electron/console-preload.ts'],
    names: ['ipcRenderer'],
  },
  {
    id: 'lab-is-unknown-to-the-app',
    why: 'the app reaches the practice lab over SSH like any instance',
    from: ['electron/**'],
    except: ['electron/lab/**', ...specs],
    to: ['electron/lab/**'],
    allow: ['electron/lab/lab-client.ts'],
  },
];

/** What may stand in one file only, or not in some folders, found by its text because it is no import. */
export const textRules = [
  {
    id: 'deciding-code-has-no-clock',
    why: 'time, chance and the network are arguments of deciding code',
    pattern:
      /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bset(?:Timeout|Interval)\s*\(|\bfetch\s*\(/,
    only: [],
    within: deciding,
  },
  {
    id: 'web-contents-send-in-publish',
    why: 'every event passes the sequence numbers in one place',
    pattern: /\.webContents\s*\.\s*send\s*\(|\bwebContents\.send\s*\(/,
    only: ['electron/ipc/publish.ts'],
  },
  {
    id: 'one-window-factory',
    why: 'every window gets its guarded options from one factory',
    pattern: /new\s+BrowserWindow\s*\(/,
    only: ['electron/desktop/window-factory.ts'],
  },
  {
    id: 'window-api-in-one-file',
    why: 'the rest of the window goes through renderer/api.ts, which checks every answer',
    pattern: /\bwindow\s*\.\s*api\b/,
    only: ['renderer/api.ts'],
    within: ['renderer/**'],
  },
  {
    id: 'sandbox-stays-on',
    why: 'nothing ever switches the sandbox off',
    pattern: /--no-sandbox/,
    only: [],
  },
];
