/** The driver of Postgres with a hand on it: it counts statements, and can be made to say other ones. */
import pg from 'pg';
import { stepBegins, stepEnds } from './steps.ts';
import type { Bug } from './bugs.ts';
import { NOTHING } from './nothing.ts';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

export function wrapPostgres(bug: Bug | undefined): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (...args) {
    const { sql, params } = saidIn(args);
    const label = labelOf(sql);
    const changed = bug?.statement?.(sql, params) ?? sql;
    stepBegins(label);
    const rest = changed === NOTHING ? ['SELECT 1 WHERE false'] : changed === sql ? args : [changed, params];
    const answered = original.apply(
      this,
      withCallback(rest, args.at(-1), () => stepEnds(label)),
    );
    if (!(answered instanceof Promise)) return answered;
    return answered.then(async (result: unknown) => {
      await bug?.after?.(sql, (text) => original.call(this, text) as Promise<unknown>);
      stepEnds(label);
      return result;
    });
  };
}

/** A statement that is prepared on its connection comes as an object with its parameters. */
function saidIn([first, second]: readonly unknown[]): { readonly sql: string; readonly params: unknown } {
  if (typeof first === 'string') return { sql: first, params: second };
  const { text, values } = (first ?? {}) as { readonly text?: string; readonly values?: unknown };
  return { sql: text ?? '', params: values };
}

/** A pool's own queries end in a callback instead of a promise. */
function withCallback(args: readonly unknown[], last: unknown, onAnswer: () => void): unknown[] {
  if (typeof last !== 'function') return [...args];
  const callback = (...answer: unknown[]): void => {
    onAnswer();
    (last as (...answer: unknown[]) => void)(...answer);
  };
  return args.at(-1) === last ? [...args.slice(0, -1), callback] : [...args, callback];
}

/** The first words say which step it is. */
const labelOf = (sql: string): string => sql.trim().replaceAll(/\s+/g, ' ').slice(0, 40);
