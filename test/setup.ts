/** Runs before each unit test file. Tests take everything from ports, so there is no global to stand in for. */
import * as z from 'zod/mini';

// As in the product: the validators are read, not compiled, since an extension may not make functions from text.
z.config({ jitless: true });
