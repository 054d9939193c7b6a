/**
 * Numbered, forward-only migrations in plain SQL: `0001_name.sql`, each run in one transaction that also records it.
 * `0004_name.timescale.sql` and `0004_name.apache.sql` are one migration in two editions; the server is asked which
 * it is, and the file runs as a single statement outside a transaction.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database, Queryable } from '../app/database.ts';
import { StoreError } from './store-error.ts';

const OWN_DIRECTORY = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** "WAYS": several processes may start at once, one of them migrates. */
const LOCK_KEY = 0x57415953;
const NAME = /^(\d{4}_[a-z0-9_]+)(?:\.(timescale|apache))?\.sql$/;

interface Migration {
  /** Number and name, the same for both editions. */
  readonly stem: string;
  readonly file: string;
  readonly edition: string | undefined;
  readonly sql: string;
  readonly sha256: string;
}

interface Applied {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Brings the schema up to date. @returns the names of the files it applied.
 * @throws StoreError where an applied file was edited, is unknown here, or a new one comes before an applied one.
 */
export async function migrate(db: Database, directory = OWN_DIRECTORY): Promise<readonly string[]> {
  await ensureTimescale(db);
  const applied = await appliedMigrations(db);
  const migrations = readMigrations(directory);
  const due = dueMigrations(migrations, applied, await editionOf(db));
  for (const migration of due) await apply(db, migration);
  return due.map(({ file }) => file);
}

const ensureTimescale = (db: Queryable): Promise<void> =>
  create(db, 'CREATE EXTENSION IF NOT EXISTS timescaledb');

/** Of two sessions that create the same at once the loser gets one of these (IF NOT EXISTS or not), when the winner's stands. */
const AT_ONCE: readonly unknown[] = ['23505', '42710'];

async function create(db: Queryable, sql: string): Promise<void> {
  await db.query(sql).catch(async (error: unknown) => {
    if (!AT_ONCE.includes((error as { code?: string }).code)) throw error;
    await db.query(sql);
  });
}

async function appliedMigrations(db: Database): Promise<readonly Applied[]> {
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
    await tx.query(
      `CREATE TABLE IF NOT EXISTS schema_migration (
         name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    return tx.query<Applied>('SELECT name, sha256 FROM schema_migration ORDER BY name');
  });
}

async function editionOf(db: Queryable): Promise<string> {
  const [row] = await db.query<{ license: string | null }>(
    "SELECT current_setting('timescaledb.license', true) AS license",
  );
  return row?.license === 'timescale' ? 'timescale' : 'apache';
}

function readMigrations(directory: string): readonly Migration[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => readMigration(directory, file));
}

function readMigration(directory: string, file: string): Migration {
  const match = NAME.exec(file);
  if (!match) throw new StoreError('migration-unknown', `"${file}" is not named like 0001_name.sql`);
  const sql = readFileSync(`${directory}/${file}`, 'utf8');
  const sha256 = createHash('sha256').update(sql).digest('hex');
  return { stem: match[1] ?? file, file, edition: match[2], sql, sha256 };
}

function dueMigrations(
  migrations: readonly Migration[],
  applied: readonly Applied[],
  edition: string,
): readonly Migration[] {
  const done = new Set(applied.map((row) => checkApplied(row, migrations)));
  const due = migrations.filter(
    (migration) => !done.has(migration.stem) && (migration.edition ?? edition) === edition,
  );
  const newest = [...done].sort().at(-1) ?? '';
  const late = due.find(({ stem }) => stem < newest);
  if (late)
    throw new StoreError(
      'migration-out-of-order',
      `migration ${late.file} comes before ${newest}, which is applied already; give it a higher number`,
    );
  return due;
}

/** @returns the stem of an applied migration, which must still be what it was. */
function checkApplied({ name, sha256 }: Applied, migrations: readonly Migration[]): string {
  const known = migrations.find(({ file }) => file === name);
  if (!known)
    throw new StoreError(
      'migration-unknown',
      `the database has migration ${name}, which this version does not know; run the version that made it`,
    );
  if (known.sha256 !== sha256)
    throw new StoreError(
      'migration-edited',
      `migration ${name} was edited after it was applied; restore it and write a new one`,
    );
  return known.stem;
}

async function apply(db: Database, migration: Migration): Promise<void> {
  try {
    await (migration.edition === undefined ? applyInTransaction(db, migration) : applyAlone(db, migration));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('migration-failed', `${migration.file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function applyInTransaction(db: Database, migration: Migration): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
    if (await isRecorded(tx, migration)) return;
    await tx.query(migration.sql);
    await record(tx, migration);
  });
}

/** Whoever comes second, or again after a crash before the record, finds the object there. */
const IS_THERE = '42P07';

async function applyAlone(db: Database, migration: Migration): Promise<void> {
  if (await isRecorded(db, migration)) return;
  await create(db, migration.sql).catch((error: unknown) => {
    if ((error as { code?: string }).code !== IS_THERE) throw error;
  });
  await record(db, migration);
}

async function isRecorded(db: Queryable, { file }: Migration): Promise<boolean> {
  return (await db.query('SELECT 1 FROM schema_migration WHERE name = $1', [file])).length > 0;
}

const record = (db: Queryable, { file, sha256 }: Migration): Promise<unknown> =>
  db.query('INSERT INTO schema_migration (name, sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    file,
    sha256,
  ]);
