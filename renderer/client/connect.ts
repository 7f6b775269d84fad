/**
 * The only writer of what the station and main tell. One store and one client a window; the port to the station may be replaced
 * at any time, and nothing that was shown is cleared by that: silence is a message, not an absence.
 */
import { longestSearch } from '#contracts/ipc/dispatch-desk.ts';
import { mainWindow } from '#contracts/ipc/main-window.ts';
import { stationWindow } from '#contracts/ipc/station-window.ts';
import { createWindowStore, type WindowStore } from '../state/store.ts';
import { localeNow } from '../ui/translate.ts';
import type { WindowClient } from './client.ts';
import { isPositionsPatch, isReadingsPatch, keepEqual, patchLatest, patchReadings, patchTables } from './fed.ts';
import { createFrameBatch } from './frame-batch.ts';
import { createHealthWatch, type HealthWatch } from './health-watch.ts';
import { CallRefused, type Connection, connectPort } from './port.ts';
import { listenForPorts } from './ports.ts';
import { gone, type Station, type StationHolder, stationBackMs, submitOver } from './submit.ts';
import { newId } from './uuid.ts';

export type WindowConnection = { readonly store: WindowStore; readonly client: WindowClient };

type Main = Connection<typeof mainWindow>;

const aliveMs = 500;

/** Each board takes what it draws: a reading a second of two hundred monitors is not for a window that shows none. */
const feedStore = (station: Station, store: WindowStore): void => {
  const { board } = store.getState();
  const inNextFrame = createFrameBatch();
  station.subscribe('frame', (frame, taken) => {
    const frameAt = performance.now();
    inNextFrame(() => store.setState(({ frame: before }) => ({ frame: keepEqual(before, frame), frameAt })), taken);
  });
  station.subscribe('records', (patch, taken) =>
    inNextFrame(() => store.setState(({ records }) => ({ records: patchTables(records, patch) })), taken),
  );
  station.subscribe('conflicts', ({ conflicts, unsent }, taken) =>
    inNextFrame(() => store.setState({ conflicts, unsent }), taken),
  );
  station.subscribe('selection', (chosenElsewhere, taken) => inNextFrame(() => store.setState({ chosenElsewhere }), taken));
  if (board === 'map') {
    station.subscribe('positions', ({ fixes }, taken) =>
      inNextFrame(
        () => store.setState(({ positions }) => ({ positions: patchLatest(positions, fixes, ({ unitId }) => unitId) })),
        taken,
      ),
    );
  }
  if (board === 'alarms' || board === 'beds' || board === 'wall') {
    station.subscribe('readings', (patch, taken) =>
      inNextFrame(() => store.setState(({ readings }) => ({ readings: patchReadings(readings, patch.readings) })), taken),
    );
  }
};

const clientOf = (main: Main, holder: StationHolder, healthWatch: HealthWatch, store: WindowStore): WindowClient => {
  const station = async (): Promise<Station> => {
    const present = holder.current() ?? (await holder.next(stationBackMs));
    if (!present) throw new CallRefused({ code: 'closed', message: gone });
    return present;
  };
  return {
    submit: submitOver(holder),
    signIn: async (as) => void (await (await station()).call('signIn', { as })),
    countersign: async (as, name, input) => (await station()).call('countersign', { as, name, input, commandId: newId() }),
    draftKey: async () => {
      const { key } = await (await station()).call('draftKey', {});
      const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
      return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    },
    resolveConflict: async (commandId, choice, reason) =>
      (await station()).call('resolveConflict', { commandId, choice, reason }),
    watchHealth: healthWatch.watch,
    supportBundle: async () => (await station()).call('supportBundle', { versions: { ...store.getState().versions } }),
    exportMissions: async (from, to) => (await station()).call('exportMissions', { from, to }),
    saveText: async (fileName, text) => (await main.call('saveText', { fileName, text })).savedAs,
    copyText: async (text) => void (await main.call('copyText', { text })),
    drawHandover: async (of) =>
      (await station()).call('exportHandover', { of, language: localeNow().startsWith('es') ? 'es' : 'en' }),
    printSheet: ({ file }) => main.call('printSheet', { file }),
    saveSheet: ({ file, fileName }) => main.call('saveSheet', { file, fileName }),
    downtimePack: (how) => main.call(how === 'open' ? 'openDowntimePack' : 'printDowntimePack', {}),
    closeWindow: () => void main.call('closeWindow', {}).catch(() => undefined),
    searchAddress: async (text, near) =>
      (await station()).call('searchAddress', { text: text.slice(0, longestSearch), ...(near ? { near: [...near] } : {}) }),
    recommend: async (incidentId) => (await station()).call('recommend', { incidentId }),
    recommendHospital: async (incidentId, from) =>
      (await station()).call('recommendHospital', { incidentId, ...(from ? { from: [...from] } : {}) }),
    route: async (from, to) => (await station()).call('route', { from: [...from], to: [...to] }),
    cover: async (minutes) => (await station()).call('isochrone', { from: 'freeUnits', minutes: [...minutes] }),
    replay: {
      span: async () => (await station()).call('replaySpan', {}),
      at: async (at) => (await station()).call('replayAt', { at }),
      part: async (from, to) => (await station()).call('replayPart', { from, to }),
    },
    askMessageDesk: async (question) => (await station()).call('askMessageDesk', question),
    select: (selection) =>
      void holder
        .current()
        ?.call('select', { selection })
        .catch(() => undefined),
    report: (code, message) =>
      void holder
        .current()
        ?.call('report', { code: code.slice(0, 64), message: message.slice(0, 500) })
        .catch(() => undefined),
    showBoard: (board) => void main.call('showBoard', { board }).catch(() => undefined),
    setTheme: (theme) => void main.call('setTheme', { theme }).catch(() => undefined),
    newId,
  };
};

/** Connects this page: resolves once main has said what the window is. The feeds follow whenever the station is there. */
export const connectWindow = (page: Window): Promise<WindowConnection> =>
  new Promise((resolve, reject) => {
    let store: WindowStore | undefined;
    let station: Station | undefined;
    const waiters = new Set<(station: Station) => void>();
    const malformed = (why: string): void => {
      console.error(why);
      void station?.call('report', { code: 'malformed', message: why.slice(0, 500) }).catch(() => undefined);
    };

    const holder: StationHolder = {
      current: () => station,
      next: (ms) =>
        new Promise((given) => {
          const waiter = (next: Station): void => {
            clearTimeout(timer);
            waiters.delete(waiter);
            given(next);
          };
          const timer = setTimeout(() => {
            waiters.delete(waiter);
            given(undefined);
          }, ms);
          waiters.add(waiter);
        }),
    };
    const healthWatch = createHealthWatch(() => station);
    const begin = (): void => {
      if (!station || !store) return;
      feedStore(station, store);
      healthWatch.begin();
      for (const waiter of [...waiters]) waiter(station);
    };

    const takeMain = async (port: MessagePort): Promise<void> => {
      const main = connectPort(mainWindow, port, malformed);
      const { windowId: _, ...context } = await main.call('context', {});
      const created = createWindowStore(context);
      store = created;
      main.subscribe('theme', ({ theme }, taken) => {
        created.setState({ theme });
        taken();
      });
      main.subscribe('station', (told, taken) => {
        created.setState({ station: told });
        if (told.state !== 'running') {
          station?.close();
          station = undefined;
        }
        taken();
      });
      setInterval(() => void main.call('alive', {}).catch(() => undefined), aliveMs);
      resolve({ store: created, client: clientOf(main, holder, healthWatch, created) });
      begin();
    };

    listenForPorts(page, (boundary, port) => {
      if (boundary === 'main') return void takeMain(port).catch(reject);
      station?.close();
      station = connectPort(stationWindow, port, malformed, { positions: isPositionsPatch, readings: isReadingsPatch });
      begin();
    });
  });
