/**
 * Our own scheme, the only one a page may speak: `vigil://app/…` is the built page, `vigil://tiles/{z}/{x}/{y}` the map and
 * `vigil://tiles/metadata.json` what its file says of itself.
 * Nothing outside the bundle's directory can be named through it.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import type { TilesFailed } from '#contracts/ipc/tiles.ts';
import type { TileSource } from './tiles.ts';

export const pageOrigin = 'vigil://app';

/** To be registered before the application is ready. */
export const schemePrivileges: CustomScheme = {
  scheme: 'vigil',
  // The types of the pinned Electron know codeCache; an older one takes no notice of it.
  privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true, codeCache: true },
};

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.bin': 'application/octet-stream',
};

/** The file a path of our scheme names below `root` with its media type; undefined when it names nothing we may serve. */
export const pageFileOf = (root: string, pathname: string): { readonly file: string; readonly mediaType: string } | undefined => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  const mediaType = mediaTypes[extname(file)];
  return mediaType !== undefined && file.startsWith(root + sep) ? { file, mediaType } : undefined;
};

type Serving = {
  readonly root: string;
  readonly contentSecurity: string;
  readonly tiles: TileSource;
  readonly refused: (why: string) => void;
};

/** Serves the scheme. `root` is the absolute directory of the built page, without a separator at its end. */
export const serveScheme = (protocol: Protocol, { root, contentSecurity, tiles, refused }: Serving): void => {
  const common = {
    'content-security-policy': contentSecurity,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  const nothing = (url: URL): Response => {
    refused(`${url.href} names nothing that is served`);
    return new Response(null, { status: 404, headers: common });
  };

  const page = async (url: URL): Promise<Response> => {
    const named = pageFileOf(root, url.pathname);
    if (!named) return nothing(url);
    try {
      return new Response(await readFile(named.file), { headers: { ...common, 'content-type': named.mediaType } });
    } catch {
      return nothing(url);
    }
  };

  const tile = async (url: URL): Promise<Response> => {
    const headers = { ...common, 'access-control-allow-origin': pageOrigin };
    const failed = ({ code, message }: TilesFailed): Response => Response.json({ code, message }, { status: 503, headers });
    if (url.pathname === '/metadata.json') {
      const metadata = await tiles.metadata();
      return 'state' in metadata ? failed(metadata) : Response.json(metadata, { headers });
    }
    const [, z, x, y] = /^\/(\d{1,2})\/(\d{1,7})\/(\d{1,7})$/.exec(url.pathname) ?? [];
    if (z === undefined || x === undefined || y === undefined) return nothing(url);
    const found = await tiles.tile(Number(z), Number(x), Number(y));
    // Never a kind that a page would run or draw by itself: who asks for a tile knows what it is.
    if (found.state === 'tile')
      return new Response(new Uint8Array(found.bytes), { headers: { ...headers, 'content-type': 'application/octet-stream' } });
    return found.state === 'absent' ? new Response(null, { status: 204, headers }) : failed(found);
  };

  protocol.handle('vigil', async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET') return new Response(null, { status: 405, headers: common });
    if (url.host === 'app') return page(url);
    return url.host === 'tiles' ? tile(url) : nothing(url);
  });
};
