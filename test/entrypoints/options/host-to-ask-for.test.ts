import { expect, it } from 'vitest';
import { readHostsToAskFor } from '../../../entrypoints/options/sections/host-to-ask-for.ts';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { steemLogin } from './service.ts';

const preset = 'https://api.steemlogin.com';
const ask = (service: Partial<ServiceView>, typed: { authBase?: string; apiBase?: string; own?: string }) =>
  readHostsToAskFor(
    { ...steemLogin, ...service },
    { authBase: '', apiBase: '', ...typed, settings: typed.own === undefined ? {} : { callback: typed.own } },
  );

it('asks for the host of an address of the person’s own, whatever its port', () => {
  expect(ask({}, { apiBase: 'http://localhost:8080/api' })).toEqual([
    { name: 'localhost', pattern: 'http://localhost/*', field: 'apiBase' },
  ]);
});

it.each([
  preset,
  `${preset}/`,
  '',
  'not an address',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'http://a.example',
])('asks for nothing: %s', (apiBase) => {
  expect(ask({}, { apiBase })).toEqual([]);
});

it.each(['https://bees.example/oidc', 'bees.example'])('asks for a service’s one address: %s', (authBase) => {
  expect(ask({ addresses: 'app-host', presetAuthBase: '', presetApiBase: '' }, { authBase })).toEqual([
    { name: 'bees.example', pattern: 'https://bees.example/*', field: 'authBase' },
  ]);
});

it('asks for the host of a setting that needs it, saved or typed', () => {
  const setting = { id: 'callback', title: 'Callback', kind: 'address', isRequired: true } as const;
  const saved = { ...setting, asksForHost: true, value: 'https://old.example/', isKept: false };
  const apiBase = preset;
  const other = { ...saved, id: 'other', asksForHost: false };
  expect(ask({ settings: [saved, other] }, { apiBase })).toEqual([
    { name: 'old.example', pattern: 'https://old.example/*', field: 'callback' },
  ]);
  expect(ask({ settings: [saved] }, { apiBase, own: 'https://new.example/callback' })).toMatchObject([
    { name: 'new.example' },
  ]);
});

it('asks for each host of a setting that lists several', () => {
  const setting = { id: 'callback', title: 'Hosts', kind: 'address', isRequired: false } as const;
  const several = { ...setting, asksForHost: true, value: '', isKept: false };
  const own = 'one.example, https://two.example\thttp://localhost:1';
  expect(ask({ settings: [several] }, { apiBase: preset, own }).map(({ pattern }) => pattern)).toEqual([
    'https://one.example/*',
    'https://two.example/*',
    'http://localhost/*',
  ]);
});
