/**
 * What operators are told holds together: every alert is of a metric that there is, and has its entry in the runbook; what
 * watches the house in containers is pinned, bounded, and finds one another.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findProgram } from './support/engines/find-program.ts';
import { temporaryFolder } from './support/wayside.ts';

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

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: {
    readonly resources: { readonly limits: { readonly cpus?: string; readonly memory?: string } };
  };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}
interface Datasources {
  readonly datasources: readonly { readonly uid: string; readonly url: string }[];
}

describe('what watches the house in containers', () => {
  const base = (parse(text('docker-compose.yml'), { merge: true }) as Compose).services;
  const { services } = parse(text('deploy/compose.observe.yml'), { merge: true }) as Compose;
  const watchers = Object.entries(services).filter(([name]) => !(name in base));
  const hostOf = (url: string): string => new URL(url).hostname;

  it('is pinned to a version and bounded', () => {
    expect(watchers.map(([name]) => name).sort()).toEqual(['grafana', 'jaeger', 'prometheus']);
    for (const [name, { image, deploy }] of watchers) {
      expect(image, name).toMatch(/:v?\d+\.\d+\.\d+$/);
      const { cpus = '', memory = '' } = deploy?.resources.limits ?? {};
      expect([cpus, memory], name).toEqual([
        expect.stringMatching(/^\d+(\.\d+)?$/),
        expect.stringMatching(/^\d+[MG]$/),
      ]);
    }
  });

  it('shows nothing to the outside but Grafana, on loopback', () => {
    expect(watchers.flatMap(([, { ports = [] }]) => ports)).toEqual(['127.0.0.1:3000:3000']);
  });

  it('gets traces from every role that has a part in them, at a backend that says whether it is well', () => {
    for (const role of ['intake', 'judge', 'worker']) {
      const endpoint = services[role]?.environment?.['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
      expect(services[hostOf(endpoint)]?.healthcheck?.test, role).toContain('wget');
      expect(new URL(endpoint).port, role).toBe('4318');
    }
  });

  it('is found by Grafana under the names it has here', () => {
    const directory = 'deploy/grafana/provisioning/datasources';
    const found = readdirSync(new URL(`../${directory}`, import.meta.url)).flatMap(
      (file) => (parse(text(`${directory}/${file}`)) as Datasources).datasources,
    );
    expect(found.map(({ uid, url }) => [uid, hostOf(url)]).sort()).toEqual([
      ['jaeger', 'jaeger'],
      ['prometheus', 'prometheus'],
    ]);
  });

  it('mounts only files that are there', () => {
    const mounted = watchers
      .flatMap(([, { volumes = [] }]) => volumes)
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':')[0] ?? '');
    expect(mounted.length).toBeGreaterThan(3);
    for (const path of mounted) expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
  });
});

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Compose 2, which needs no engine to read files; 1 knows another language. */
function composeProgram(): readonly [string, ...string[]] | undefined {
  for (const command of [['docker', 'compose'] as const, ['docker-compose'] as const]) {
    const [program, ...rest] = command;
    const found = findProgram(program);
    try {
      if (found && /^v?[2-9]\./.test(run(found, ...rest, 'version', '--short'))) return [found, ...rest];
    } catch {
      // a docker without the plugin
    }
  }
  return undefined;
}
const compose = composeProgram();
const promtool = findProgram('promtool');
const unless = (found: unknown, name: string): string =>
  found ? '' : ` (SKIPPED: there is no ${name} here)`;

describe.skipIf(!compose)(`Docker Compose${unless(compose, 'docker compose 2')}`, () => {
  const [program = '', ...rest] = compose ?? [];
  const config = (...files: readonly string[]): Compose =>
    JSON.parse(
      run(program, ...rest, ...files.flatMap((file) => ['-f', file]), 'config', '--format', 'json'),
    ) as Compose;

  it('reads the house, and the house with what watches it', () => {
    const house = Object.keys(config('docker-compose.yml').services);
    expect(house).toEqual(expect.arrayContaining(['intake', 'judge', 'worker', 'scheduler', 'api']));
    const watched = config('docker-compose.yml', 'deploy/compose.observe.yml').services;
    expect(Object.keys(watched).sort()).toEqual([...house, 'grafana', 'jaeger', 'prometheus'].sort());
    expect(watched['judge']?.environment).toMatchObject({
      WAYSIDE_KAFKA_BROKERS: 'kafka:9092',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318',
    });
  });
});

describe.skipIf(!promtool)(`promtool${unless(promtool, 'promtool')}`, () => {
  it('finds nothing wrong with the alerts, nor with what is scraped', () => {
    const folder = temporaryFolder('prometheus');
    try {
      const path = (name: string): string => join(folder.path, name);
      writeFileSync(path('token'), 'a token');
      copyFileSync(join(root, 'deploy/prometheus/alerts.yml'), path('alerts.yml'));
      const scraped = text('deploy/prometheus/prometheus.yml');
      expect(scraped).toContain('/run/secrets/api-token');
      writeFileSync(path('prometheus.yml'), scraped.replace('/run/secrets/api-token', path('token')));
      expect(run(promtool ?? '', 'check', 'rules', path('alerts.yml'))).toMatch(/SUCCESS: \d+ rules/);
      expect(run(promtool ?? '', 'check', 'config', path('prometheus.yml'))).toContain('SUCCESS');
    } finally {
      folder.remove();
    }
  });
});
