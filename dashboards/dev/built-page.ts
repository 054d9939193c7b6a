/** The built page: the one that stands in dashboards/dist where it is newer than its sources, else one built for the test. */
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function builtPage(): Promise<string> {
  const dist = join(ROOT, 'dist');
  const builtMs = await changedMs(join(dist, 'index.html'));
  const sources = await readdir(join(ROOT, 'src'), { recursive: true });
  const changes = await Promise.all(sources.map((name) => changedMs(join(ROOT, 'src', name))));
  if (builtMs > Math.max(...changes)) return dist;
  const outDir = await mkdtemp(join(tmpdir(), 'wayside-page-'));
  await build({ root: ROOT, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

const changedMs = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
