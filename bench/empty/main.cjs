// The floor: the same Electron with windows that show nothing. `--windows=N` says how many.
const { app, BrowserWindow } = require('electron');

const count = Number((process.argv.find((word) => word.startsWith('--windows=')) ?? '--windows=1').slice('--windows='.length));
const data = process.argv.find((word) => word.startsWith('--vigil-data='));
if (data) app.setPath('userData', data.slice('--vigil-data='.length));

app.whenReady().then(() => {
  for (let index = 0; index < count; index += 1) {
    const window = new BrowserWindow({ width: 1920, height: 1080, webPreferences: { sandbox: true, contextIsolation: true } });
    window.loadFile(`${__dirname}/index.html`);
  }
});
app.on('window-all-closed', () => app.quit());
