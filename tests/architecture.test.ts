/**
 * The layers of the house, held by a test as well as by `npm run layers`: a dependency tool that silently sees nothing
 * would pass, so this one also asserts how much it saw.
 */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['contracts', 'edge', 'pipeline', 'simulators', 'dashboards'];

describe('the architecture', () => {
  let seen: ICruiseResult;

  beforeAll(async () => {
    const config = await extractConfig(`${root}.dependency-cruiser.cjs`);
    const { forbidden, options } = config as Required<Pick<typeof config, 'forbidden' | 'options'>>;
    const result = await cruise(
      rooms.map((room) => `${room}/src`),
      { ...options, baseDir: root, validate: true, ruleSet: { forbidden } },
      undefined,
      { tsConfig: extractTsConfig(`${root}tsconfig.json`) },
    );
    seen = result.output as ICruiseResult;
  });

  it('sees every room', () => {
    for (const room of rooms) {
      const modules = seen.modules.filter((module) => module.source.startsWith(`${room}/src/`));
      expect(modules.length, room).toBeGreaterThan(5);
    }
    expect(seen.summary.totalCruised).toBeGreaterThan(120);
  });

  it('follows imports between rooms, so that a forbidden one would be seen', () => {
    const crossing = seen.modules.filter(
      (module) =>
        module.source.startsWith('pipeline/src/') &&
        module.dependencies.some((dependency) => dependency.resolved.startsWith('contracts/src/')),
    );
    expect(crossing.length).toBeGreaterThan(10);
  });

  it('has no import that breaks a layer or forms a circle', () => {
    const broken = seen.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(broken).toEqual([]);
  });
});
