/** How the chains' nodes write numbers and times in JSON, as schemas that read them all into numbers. */
import * as z from 'zod/mini';

const finite = z.number();

/** A number, or its digits in quotes. Above 2^53 the last digits are lost, which estimates do not mind. */
export const integer = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^-?\d+$/))]),
  z.pipe(
    z.transform((value: number | string) => Number(value)),
    finite,
  ),
);

/** An amount like `1.234 SBD`; its symbol is dropped, since the field tells. */
export const amount = z.pipe(
  z.string().check(z.regex(/^-?\d+(\.\d+)? [A-Z]+$/)),
  z.pipe(
    z.transform((text: string) => Number.parseFloat(text)),
    finite,
  ),
);

/** UTC milliseconds of a time that says no zone but is UTC. */
export const utcTime = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)),
  z.pipe(
    z.transform((text: string) => Date.parse(text.endsWith('Z') ? text : `${text}Z`)),
    finite,
  ),
);
