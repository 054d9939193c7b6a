/**
 * The role's program in one file: the same code as `wayside start`, read and compiled once for the whole run instead of at
 * every restart, which would be most of what two cores do.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

export interface RoleBundle {
  readonly path: string;
  remove(): void;
}

const ENTRY = fileURLToPath(new URL('../sabotage/role.ts', import.meta.url));
/** Where the packages of the pipeline are found. */
const FOLDER = new URL('../../../pipeline/node_modules/.cache/wayside-torture/', import.meta.url);

/** Files that are found beside a module are still found beside it. */
const whereItStood: Plugin = {
  name: 'where-it-stood',
  setup: (bundle) => {
    bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }));
  },
};

export async function bundleRole(): Promise<RoleBundle> {
  mkdirSync(FOLDER, { recursive: true });
  const path = fileURLToPath(new URL(`role-${process.pid}-${Date.now().toString(36)}.mjs`, FOLDER));
  await build({
    entryPoints: [ENTRY],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [ours, whereItStood],
  });
  return { path, remove: () => rmSync(path, { force: true }) };
}

/** Our own workspaces are bundled, packages of others are not. */
const ours: Plugin = {
  name: 'ours',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@wayside/') ? undefined : { external: true },
    );
  },
};
