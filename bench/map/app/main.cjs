// Two windows: one that draws, and one, unseen, that feeds it from a process of its own. `--at=URL` says where they lie.
const { app, BrowserWindow } = require('electron');

const argumentOf = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const data = argumentOf('vigil-data');
if (data) app.setPath('userData', data);

app.whenReady().then(() => {
  const webPreferences = { sandbox: true, contextIsolation: true, backgroundThrottling: false };
  const open = (page, show) => {
    const window = new BrowserWindow({ width: 1920, height: 1080, frame: false, show, webPreferences });
    window.loadURL(`${argumentOf('at')}/${page}`);
  };
  open(`index.html?with=${argumentOf('with')}&units=${argumentOf('units')}`, true);
  open(`feeder.html?units=${argumentOf('units')}`, false);
});
app.on('window-all-closed', () => app.quit());
