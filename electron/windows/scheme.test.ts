import { describe, expect, test } from 'vitest';
import { pageFileOf } from './scheme.ts';

const root = '/vigil/out/renderer';
const html = 'text/html; charset=utf-8';

describe('what our scheme serves', () => {
  test.each([
    ['/', { file: `${root}/index.html`, mediaType: html }],
    ['/index.html', { file: `${root}/index.html`, mediaType: html }],
    ['/assets/a.js', { file: `${root}/assets/a.js`, mediaType: 'text/javascript; charset=utf-8' }],
    ['/assets/a%20b.woff2', { file: `${root}/assets/a b.woff2`, mediaType: 'font/woff2' }],
    ['/assets/../index.html', { file: `${root}/index.html`, mediaType: html }],
  ])('%s', (path, named) => expect(pageFileOf(root, path)).toEqual(named));

  test.each([
    '/../main/main.cjs',
    '/../renderer-other/index.html',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/assets/a.cjs',
    '/assets',
  ])('nothing for %s', (path) => expect(pageFileOf(root, path)).toBeUndefined());
});
