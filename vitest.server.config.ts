/** `npm run test:server`: what runs on the real engines, which `tests/server/setup.ts` starts on loopback. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/server/**/*.test.ts', 'tests/conformance/**/*.test.ts', 'tests/torture/**/*.test.ts'],
    globalSetup: ['tests/server/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 1,
  },
});
