/** Bugs that somebody could make, made on purpose: each must be caught, or the checker proves nothing. */
import { NOTHING } from './nothing.ts';

export interface Bug {
  /** What is said to the database in place of a statement. */
  readonly statement?: (sql: string, params: unknown) => string;
  /** What is done when a statement was answered, before the house hears of it. */
  readonly after?: (sql: string, say: (sql: string) => Promise<unknown>) => Promise<void>;
  readonly produce?: (send: (delivered: Delivered) => void, delivered: Delivered) => void;
}
type Delivered = (error: Error | null, offset: number) => void;

export type BugName =
  'no-unique-key' | 'puback-before-append' | 'offset-before-record' | 'sweeper-off' | 'no-epoch-fence';

const APPENDS_AFTER_MS = 3_000;

export const BUGS: Readonly<Record<BugName, Bug>> = {
  /** Nobody knows a message again; what keeps rows from standing twice is dropped in the database (KEYS). */
  'no-unique-key': {
    statement: (sql) => sql.replace('WHERE t.seen @> i.sequence', 'WHERE false'),
  },
  /** Intake hears at once that its message is durable. */
  'puback-before-append': {
    produce: (send, delivered) => {
      setImmediate(() => delivered(null, -1));
      setTimeout(() => send(() => undefined), APPENDS_AFTER_MS);
    },
  },
  /** The judge's position is durable before what it has recorded. */
  'offset-before-record': {
    after: async (sql, say) => {
      if (!sql.startsWith('UPDATE judge_cursor')) return;
      await say('COMMIT');
      await say('BEGIN');
    },
  },
  /** Holds are placed by who was woken, and by nobody else. */
  'sweeper-off': {
    statement: (sql, params) => (isSweep(sql, params) ? NOTHING : sql),
  },
  /** A judge that was replaced writes on. */
  'no-epoch-fence': {
    statement: (sql) =>
      sql.startsWith('UPDATE judge_cursor') ? sql.replace('AND epoch = $2', 'AND $2::bigint > 0') : sql,
  },
};

const GRACE_MS = 900;
/** Who was woken takes all that is due; the sweeper what was due a second ago. */
function isSweep(sql: string, params: unknown): boolean {
  if (!sql.includes('FROM hold_due WHERE placed_at IS NULL') || !Array.isArray(params)) return false;
  return Number(params[7]) > GRACE_MS;
}

/** What keeps a fact from standing twice, dropped by `no-unique-key`. */
export const KEYS: readonly string[] = [
  'ALTER TABLE verdict DROP CONSTRAINT verdict_pkey',
  'ALTER TABLE infraction DROP CONSTRAINT infraction_pkey',
  'ALTER TABLE evidence DROP CONSTRAINT evidence_pkey',
  'ALTER TABLE hold_due DROP CONSTRAINT hold_due_pkey',
];
