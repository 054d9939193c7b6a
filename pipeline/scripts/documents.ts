/**
 * Writes `contracts/generated/` from the schemas; with `--check` writes nothing, and fails where a document is not
 * what the schemas say, or not what its specification asks for.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentFaults } from './document-faults.ts';
import { generatedDocuments } from './generated-documents.ts';

const FOLDER = new URL('../../contracts/generated/', import.meta.url);
const REMEDY = 'run "npm run contracts:generate" and commit what it writes';

const documents = await generatedDocuments(await ownVersion());
const faults: string[] = [];
if (process.argv.includes('--check')) faults.push(...(await differences()));
else await write();
for (const [path, document] of documents)
  for (const fault of await documentFaults(path, document)) faults.push(`${path} ${fault}`);

for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length === 0) process.stdout.write(`${documents.size} documents of the interfaces are good\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function write(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  for (const [path, document] of documents) {
    const file = fileURLToPath(new URL(path, FOLDER));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, textOf(document));
  }
}

async function differences(): Promise<readonly string[]> {
  const found = await existing();
  const stale = found
    .filter((path) => !documents.has(path))
    .map((path) => `${path} belongs to no schema: ${REMEDY}`);
  for (const [path, document] of documents) {
    const text = found.includes(path) ? await readFile(new URL(path, FOLDER), 'utf8') : undefined;
    if (text !== textOf(document)) stale.push(`${path} is not what the schemas say: ${REMEDY}`);
  }
  return stale;
}

async function existing(): Promise<readonly string[]> {
  const entries = await readdir(FOLDER, { recursive: true }).catch(() => []);
  return entries.map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.json'));
}

function textOf(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
