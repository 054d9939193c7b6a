/**
 * Schemas as documents hold them: one with a name (`$id`) stands once, under its name, and is pointed at elsewhere.
 * typebox writes tuples as JSON Schema draft-07 does, which AsyncAPI takes; OpenAPI 3.1 wants those of 2020-12.
 */
export type Dialect = 'draft-07' | '2020-12';

export interface NamedSchemas {
  /** What was given, with a `$ref` wherever a named schema stood. */
  readonly value: unknown;
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** @param refPrefix what stands before the name in a `$ref`, such as `#/components/schemas/`. */
export function nameSchemas(given: unknown, refPrefix: string, dialect: Dialect): NamedSchemas {
  const schemas: Record<string, unknown> = {};
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { $id, ...rest } = value as Readonly<Record<string, unknown>>;
    const visited = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, visit(child)]));
    const schema = dialect === '2020-12' ? withPrefixItems(visited) : visited;
    if (typeof $id !== 'string') return schema;
    schemas[$id] = schema;
    return { $ref: `${refPrefix}${$id}` };
  };
  const value = visit(given);
  return { value, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function withPrefixItems(schema: Record<string, unknown>): Record<string, unknown> {
  if (schema.type !== 'array' || !Array.isArray(schema.items)) return schema;
  const { items, additionalItems, ...rest } = schema;
  return { ...rest, prefixItems: items, items: additionalItems ?? true };
}
