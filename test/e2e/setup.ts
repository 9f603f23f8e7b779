/** Leaves a trace of each journey that fails: see recordPages. */
import { beforeEach } from 'vitest';
import { recordPages } from './driver/puppeteer-driver.ts';

beforeEach(({ onTestFailed }) => {
  onTestFailed(({ task }) => recordPages(task.name));
});
