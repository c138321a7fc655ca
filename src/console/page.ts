/** The files of the console's page, compressed when they were built, as a browser keeps and checks them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { bucketUrl } from '../aws/object-store';
import type { ConsoleSettings } from '../config';
import type { HttpEvent } from '../http/event';
import { notFound, type Answer } from './answers';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type Pictures = ConsoleSettings['pictures'];

/**
 * Nothing inline, nothing from elsewhere but pictures, nothing to elsewhere but pictures to their bucket, and no text that becomes
 * markup (Trusted Types). `https:` is for a product's `imageUrl`, which may be anywhere.
 */
const contentSecurityPolicy = (pictures: Pictures) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' https: data:", ...(pictures ? [new URL(pictures.url).origin] : [])].join(' '),
    "font-src 'self'",
    ["connect-src 'self'", ...(pictures ? [new URL(bucketUrl(pictures)).origin] : [])].join(' '),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const sameForAll = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** Reads all files at once: a build that is missing ends the function as it starts. */
export function pageIn({ pageFolder: folder, pictures }: Pick<ConsoleSettings, 'pageFolder' | 'pictures'>) {
  const headers = { ...sameForAll, 'content-security-policy': contentSecurityPolicy(pictures) };
  const assets = path.join(folder, 'assets');
  const names = existsSync(assets) ? readdirSync(assets) : [];
  const files = new Map(names.map((name) => [`/console/assets/${name}`, readFileSync(path.join(assets, name))]));
  const html = readFileSync(path.join(folder, 'index.html.br'));

  /** A file of the build, or the page for every path that is none: its script knows what to show there. Throws `notFound`. */
  return ({ rawPath, headers: asked }: HttpEvent): Answer => {
    const accepts = asked['accept-encoding'] ?? '';
    if (!rawPath.startsWith('/console/assets/')) return answer(html, '.html', 'no-cache', accepts);
    const file = files.get(`${rawPath}.br`);
    if (!file) throw notFound();
    // Its name has a hash of its content.
    return answer(file, path.extname(rawPath), 'public, max-age=31536000, immutable', accepts);
  };

  function answer(compressed: Buffer, extension: string, cacheControl: string, accepts: string): Answer {
    const takesBrotli = /(?:^|[\s,])br(?:$|[\s,;])/.test(accepts);
    return {
      statusCode: 200,
      headers: {
        ...headers,
        'content-type': types[extension] ?? 'application/octet-stream',
        'cache-control': cacheControl,
        vary: 'accept-encoding',
        ...(takesBrotli ? { 'content-encoding': 'br' } : {}),
      },
      body: (takesBrotli ? compressed : brotliDecompressSync(compressed)).toString('base64'),
      isBase64Encoded: true,
    };
  }
}
