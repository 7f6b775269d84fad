// Takes the place of the application that came with the registry runtime: loads the application named on the command line the
// way Electron's own default application does. It must fail loudly: a version that is not a string would open an invisible
// dialog and hang.
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
try {
  if (!named) throw new Error('no application directory on the command line');
  const directory = resolve(named);
  const { name, productName = name, version, main } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (!version || !main || !productName) throw new Error(`${directory}/package.json lacks a name, a version or a main`);
  app.setAppPath(directory);
  app.setName(productName);
  app.setVersion(version);
  app.setPath('userData', join(app.getPath('appData'), productName));
  require(join(directory, main));
} catch (error) {
  console.error('the application could not be loaded:', error);
  app.exit(1);
}
