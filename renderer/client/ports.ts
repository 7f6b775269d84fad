/** The ports of this page, as the bridge hands them on in messages of the page to itself. */
import { type Bridge, type PortAnnouncement, portAnnouncementSchema } from '#contracts/ipc/bridge.ts';

/** Asks main for the ports and hears of each one that comes, for as long as the page lives; a message from elsewhere is none. */
export const listenForPorts = (page: Window, take: (boundary: PortAnnouncement['boundary'], port: MessagePort) => void): void => {
  page.addEventListener('message', ({ source, origin, data, ports: [port] }) => {
    if (source !== page || origin !== page.location.origin || !port) return;
    const announced = portAnnouncementSchema.safeParse(data);
    if (announced.success) take(announced.data.boundary, port);
  });
  const { vigil } = page as Window & { vigil?: Bridge };
  if (!vigil) throw new Error('This page was opened outside Vigil.');
  vigil.connect();
};
