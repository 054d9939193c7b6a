import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contracts,edge,models,simulators,pipeline}/src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
