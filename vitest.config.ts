import { configDefaults, defineConfig } from 'vitest/config';

const never = [...configDefaults.exclude, 'out/**', '.types/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, 'test/**'],
          // Some open real databases: on a busy disk a single fsync has been seen to take seconds.
          testTimeout: 20_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real processes, real Electron: one file at a time, after everything else.
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: never,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
