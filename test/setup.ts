/** Runs before each unit test file. Tests take everything from ports, so there is no global to stand in for. */
import * as z from 'zod/mini';
import { vi } from 'vitest';

// As in the product: the validators are read, not compiled, since an extension may not make functions from text.
z.config({ jitless: true });

// A wait ends at what it waits for; only what never comes meets its end, and that must not be a busy machine's second.
const { waitFor } = vi;
vi.waitFor = (check, options = 20_000) => waitFor(check, options);
