/** The one bridge into a page, and the one place of raw `ipcRenderer`: a named function out, ports in, no channel exposed. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, PortAnnouncement } from '#contracts/ipc/bridge.ts';

ipcRenderer.on('vigil:port', (event, boundary: PortAnnouncement['boundary']) => {
  const announcement: PortAnnouncement = { vigil: 'port', boundary };
  window.postMessage(announcement, window.location.origin, [...event.ports]);
});

const bridge: Bridge = { connect: () => ipcRenderer.send('vigil:connect') };
contextBridge.exposeInMainWorld('vigil', bridge);
