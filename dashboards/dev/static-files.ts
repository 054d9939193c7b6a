/** Serves the built page; every path that is no file is the page itself, which knows its own addresses. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** As strict as the house: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'";

export function sendFile(response: ServerResponse, folder: string | undefined, path: string): void {
  const wanted = extname(path) === '' ? 'index.html' : normalize(path).replace(/^(\.\.[/\\])+/, '');
  void readFile(join(folder ?? '', wanted)).then(
    (content) => {
      const type = TYPES[extname(wanted)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
      response.end(content);
    },
    () => response.writeHead(404).end(),
  );
}
