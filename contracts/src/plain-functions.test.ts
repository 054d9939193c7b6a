import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Prints how often a function is given a name while some are made. */
const program = (before: string): string => `
  import { register } from 'tsx/esm/api';
  register();
  ${before}
  const define = Object.defineProperty;
  let named = 0;
  Object.defineProperty = (of, key, as) => {
    if (key === 'name') named++;
    return define(of, key, as);
  };
  const { makeFunctions } = await import('./testing/naming.ts');
  named = 0;
  makeFunctions();
  console.log(named);
`;

const PLAIN = `const { plainFunctions } = await import('./plain-functions.ts'); plainFunctions();`;

function namedIn(text: string): number {
  const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', text], options));
}

describe('plain functions', () => {
  it('are not given a name each time they are made, as they are otherwise', () => {
    expect(namedIn(program(''))).toBe(2);
    expect(namedIn(program(PLAIN))).toBe(0);
  });
});
