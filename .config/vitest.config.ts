import { defineConfig } from 'vitest/config';

/**
 * Unit tests run together in Node. Of the browser journeys two run side by side, after them: each has a browser, a
 * sandbox and a profile of its own, and waits about half of its time. Vitest starts with the longest files.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root: '.',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          // Vitest would leave one of two cores idle.
          maxWorkers: 2,
          // A property-based test on a busy machine takes its time; none of ours hangs.
          testTimeout: 180_000,
          restoreMocks: true,
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        test: {
          name: 'e2e',
          root: '.',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/e2e/setup.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // Each wait has a limit of its own, which says what was waited for; these are for what hangs.
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
