/**
 * The Content-Security-Policy of every answer on our scheme. Pages load nothing from outside; the online map engine's hosts
 * stand in it only when policy turned that engine on.
 */
export const contentSecurityPolicy = (isMapboxOn: boolean): string => {
  const online = isMapboxOn ? ' https://api.mapbox.com https://events.mapbox.com' : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self' blob:",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' vigil:${online}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};
