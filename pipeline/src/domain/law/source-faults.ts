/** What a document of law says of its sources: every value cites some, and every source is cited. */
import { repeated } from '../calendar/json-faults.ts';

/** @param value a document with `sources` at its top, and lists of their ids named `sources` below. */
export function sourceFaults(value: unknown): readonly string[] {
  const { sources } = (value ?? {}) as { sources?: unknown };
  if (!Array.isArray(sources)) return [];
  const ids = sources.map((source) => String((source as { id?: unknown } | null)?.id));
  const cited = citations(value, '');
  return [
    ...repeated(ids).map((id) => `/sources has "${id}" more than once`),
    ...cited
      .filter(([, id]) => !ids.includes(id))
      .map(([path, id]) => `${path} cites "${id}", which is not among /sources`),
    ...ids
      .filter((id) => !cited.some(([, citedId]) => citedId === id))
      .map((id) => `/sources has "${id}", which nothing cites`),
  ];
}

/** Every id in a `sources` list below the top, with its place. */
function citations(value: unknown, path: string): readonly (readonly [path: string, id: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'sources') return citations(inner, `${path}/${key}`);
    if (path === '' || !Array.isArray(inner)) return [];
    return inner.map((id) => [`${path}/sources`, String(id)] as const);
  });
}
