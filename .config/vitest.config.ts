import { defineConfig } from 'vitest/config';

/** Unit tests run together in Node; the browser journeys run one after another, since the machine has two cores. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root: '.',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          // A property-based test on a busy machine takes its time; none of ours hangs.
          testTimeout: 60_000,
          restoreMocks: true,
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        test: {
          name: 'e2e',
          root: '.',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
