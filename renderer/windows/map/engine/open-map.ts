import type { EngineRefusal, MapPort, PortOptions } from './port.ts';

export type Engines = {
  readonly offline: (options: PortOptions) => MapPort;
  /** Null in a build that carries no online engine. */
  readonly online: ((options: PortOptions, token: string) => Promise<MapPort>) | null;
};
export type OpenMapOptions = PortOptions & {
  /** The operator's own token; null keeps every request on this desk. */
  readonly token: string | null;
  /** A map stands and may be looked at. Called again, after `onLost`, when another engine takes over. */
  readonly onPort: (port: MapPort) => void;
  /** The present map goes away. */
  readonly onLost: () => void;
  readonly onRefused: (reason: EngineRefusal) => void;
};

/** Opens the online engine when there is a token, else the offline one; a refused engine is replaced by the offline one. Returns the close. */
export const openMap = (
  { offline, online }: Engines,
  { token, onPort, onLost, onRefused, ...options }: OpenMapOptions,
): (() => void) => {
  let port: MapPort | null = null;
  let closed = false;
  const take = (opened: MapPort): void => {
    if (closed) {
      opened.destroy();
      return;
    }
    port = opened;
    onPort(opened);
  };
  const drop = (): void => {
    if (!port) return;
    onLost();
    port.destroy();
    port = null;
  };
  const fallBack = (reason: EngineRefusal): void => {
    if (closed) return;
    drop();
    options.container.replaceChildren();
    onRefused(reason);
    take(offline(options));
  };
  if (token === null) take(offline(options));
  else if (!online) fallBack('notBuilt');
  else {
    online(options, token)
      .then((opened) => {
        let refused = false;
        opened.on('refused', ({ reason }) => {
          if (refused) return;
          refused = true;
          // Not from within the engine's own event: it still walks over its listeners.
          setTimeout(() => fallBack(reason), 0);
        });
        take(opened);
      })
      .catch(() => fallBack('unreachable'));
  }
  return () => {
    closed = true;
    drop();
  };
};
