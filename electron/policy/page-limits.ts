import type { WebPreferences } from 'electron';

/** What no page of ours may do, be it a board or a sheet to be printed. */
export const pageLimits = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;
