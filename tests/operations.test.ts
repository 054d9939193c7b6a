/** What operators are told holds together: every alert is of a metric that there is, and has its entry in the runbook. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const all = (source: string, pattern: RegExp): readonly string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, found = '']) => found)),
];

describe('the alerts', () => {
  const rules = text('deploy/prometheus/alerts.yml');
  const alerts = all(rules, /- alert: (\w+)/g);
  const metrics = all(text('pipeline/src/adapters/metrics.ts'), /name: '(wayside_\w+)'/g);

  it('are of metrics that the house has', () => {
    const asked = all(rules, /(wayside_[a-z_]+)/g).map((name) => name.replace(/_bucket$/, ''));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it('each have an entry in the runbook, and link to it', () => {
    const entries = all(text('docs/operations.md'), /^### (\w+)$/gm);
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.filter((name) => !entries.includes(name))).toEqual([]);
    const links = all(rules, /runbook: docs\/operations\.md#(\w+)/g);
    expect([...links].sort()).toEqual(alerts.map((name) => name.toLowerCase()).sort());
  });
});
