// Stands in for Electron's own default app, which the registry-only runtime lacks: it loads the app whose
// folder is the first argument that is not a switch.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const index = process.argv.findIndex((argument, position) => position > 0 && !argument.startsWith('-'));
if (index === -1) {
  process.stderr.write('Give the folder of the app to start.\n');
  app.exit(1);
} else {
  const appDir = path.resolve(process.argv[index]);
  try {
    const manifest = JSON.parse(readFileSync(path.join(appDir, 'package.json'), 'utf8'));
    process.defaultApp = true;
    app.setAppPath(appDir);
    app.setName(manifest.productName ?? manifest.name);
    if (manifest.version) app.setVersion(manifest.version);
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
    require(path.join(appDir, manifest.main ?? 'index.js'));
  } catch (error) {
    process.stderr.write(`Could not start ${appDir}: ${error.stack ?? error}\n`);
    app.exit(1);
  }
}
