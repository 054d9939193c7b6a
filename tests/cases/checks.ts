/** What must hold of all cases and points in a database, whatever happened. Folded here by another path than the code's. */
import type { Database } from '@wayside/pipeline/app/database';
import { readTransitions } from '@wayside/pipeline/app/cases/rows';
import { evolve } from '@wayside/pipeline/domain/case/evolve';
import { openCase } from '@wayside/pipeline/domain/case/open-case';
import type { CaseFile } from '@wayside/pipeline/domain/case/case-file';
import { expect } from 'vitest';

/** Each names what is wrong; all are empty where the books are right. */
const FAULTS: Readonly<Record<string, string>> = {
  'a case that ended has resolved its hold as it ended, and no other has': `
    SELECT c.id, c.state, r.kind FROM case_file c
    LEFT JOIN transfer r ON r.hold_id = (c.body->>'holdId')::uuid
    WHERE c.body->>'holdId' IS NOT NULL
      AND r.kind IS DISTINCT FROM CASE c.state WHEN 'posted' THEN 'post' WHEN 'released' THEN 'release' END`,
  'a case has at most one hold that is not released': `
    SELECT t.infraction_id FROM transfer t LEFT JOIN transfer r ON r.hold_id = t.id
    WHERE t.kind = 'hold' AND r.kind IS DISTINCT FROM 'release'
    GROUP BY t.infraction_id HAVING count(*) > 1`,
  'balances are the fold of the transfers': `
    SELECT b.account, b.held, b.posted FROM balance b LEFT JOIN (
      SELECT account, sum(CASE kind WHEN 'hold' THEN points WHEN 'post' THEN -points WHEN 'release' THEN -points ELSE 0 END) AS held,
        sum(CASE kind WHEN 'post' THEN points ELSE 0 END) AS posted
      FROM transfer GROUP BY account) f ON f.account = b.account
    WHERE (b.held, b.posted) IS DISTINCT FROM (coalesce(f.held, 0), coalesce(f.posted, 0))`,
  'all pockets sum to zero': `
    SELECT sum(points) FROM (SELECT -points AS points FROM transfer WHERE debit IS NOT NULL
      UNION ALL SELECT points FROM transfer WHERE credit IS NOT NULL) AS entry HAVING sum(points) <> 0`,
  'every history is without gaps and ends where its head stands': `
    SELECT c.id FROM case_file c JOIN case_transition t ON t.case_id = c.id
    GROUP BY c.id, c.version, c.state
    HAVING count(*) <> c.version OR max(t.position) <> c.version
      OR (array_agg(t.to_state ORDER BY t.position DESC))[1] <> c.state`,
};

export async function expectSoundBooks(database: Database): Promise<void> {
  for (const [rule, sql] of Object.entries(FAULTS)) expect(await database.query(sql), rule).toEqual([]);
  const files = await database.query<{ readonly body: CaseFile }>('SELECT body FROM case_file');
  for (const { body } of files) expect(await foldOf(database, body)).toEqual(body);
}

async function foldOf(database: Database, file: CaseFile): Promise<CaseFile> {
  const [first, ...rest] = await readTransitions(database, file.id);
  const opened = openCase({ ...file, occurredAtMs: file.moments.occurred ?? 0 }, first?.atMs ?? 0);
  return rest.reduce(evolve, pick(opened.file, file));
}

/** `openCase` given a case keeps what the case has grown since; what was not there at the opening is dropped. */
function pick(opened: CaseFile, file: CaseFile): CaseFile {
  const keys = Object.keys(file) as (keyof CaseFile)[];
  return Object.fromEntries(keys.map((key) => [key, opened[key]])) as unknown as CaseFile;
}
