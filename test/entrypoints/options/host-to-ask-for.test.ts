import { expect, it } from 'vitest';
import { readHostToAskFor } from '../../../entrypoints/options/sections/host-to-ask-for.ts';

const preset = 'https://api.steemlogin.com';

it('asks for the host of an address of the person’s own, whatever its port', () => {
  expect(readHostToAskFor('http://localhost:8080/api', preset)).toEqual({
    name: 'localhost',
    pattern: 'http://localhost/*',
  });
});

it.each([preset, `${preset}/`, '', 'not an address', 'javascript:alert(1)', 'file:///etc/passwd'])(
  'asks for nothing: %s',
  (address) => {
    expect(readHostToAskFor(address, preset)).toBeUndefined();
  },
);
