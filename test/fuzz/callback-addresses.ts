/** The address on which a person comes back from a service's sign-in page, changed by whoever stands between. */
import * as fc from 'fast-check';
import type { Reply } from '../../lib/bus/envelope.ts';
import { findProvider } from '../../lib/providers/index.ts';
import { seededWeChatApp } from '../sandbox/wechat/seed.ts';
import { editText, hostileText, textEdit, type TextEdit } from './hostile.ts';
import { createPlayer, keyOf, toResponse } from './tape.ts';
import { defineTarget, Finding } from './target.ts';
import { assertMeant, openWorld, type TapedOperation } from './world.ts';

/** What is done to one parameter. */
interface ParameterEdit {
  readonly how: 'set' | 'double' | 'drop' | 'rename';
  readonly name: string;
  readonly value: string;
}

interface Case {
  /** Modulo the number of services with a page. */
  readonly service: number;
  readonly parameters: readonly ParameterEdit[];
  readonly text: readonly TextEdit[];
  readonly origin: string | undefined;
  readonly path: string | undefined;
  readonly isInFragment: boolean;
  readonly instead: string | undefined;
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>, freq: number) =>
  fc.option(arbitrary, { freq, nil: undefined });
const names = [
  'state',
  'code',
  'access_token',
  'username',
  'expires_in',
  'error',
  'error_description',
  'iss',
].concat(
  ...[
    [
      'oauth_token',
      'oauth_verifier',
      'denied',
      'response',
      'id_token',
      '__proto__',
      'State',
      'state[]',
      'code ',
    ],
  ],
);
const values = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1e306',
    '-1',
    'NaN',
    'authdeny',
    'access_denied',
    'login_required',
    'bob',
    'alice',
    'true',
  ),
  fc.constantFrom('https://id.bees.example', 'https://id.bees.example/', 'https://evil.example'),
  hostileText(30_000),
);

const cases: fc.Arbitrary<Case> = fc.record({
  service: fc.nat(1000),
  parameters: fc.array(
    fc.record({
      how: fc.constantFrom('set', 'set', 'double', 'drop', 'rename'),
      name: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...names) },
        { weight: 1, arbitrary: hostileText(50) },
      ),
      value: values,
    }),
    { maxLength: 3 },
  ),
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(textEdit(), { maxLength: 2 }) },
  ),
  origin: rarely(
    fc.constantFrom(
      ...[
        'https://evil.example',
        'http://latchkey.chromiumapp.org',
        'https://latchkey.chromiumapp.org.evil.example',
      ],
      ...[
        'https://latchkey.chromiumapp.org:444',
        'https://user@latchkey.chromiumapp.org',
        'javascript:',
        'file://',
      ],
      ...['HTTPS://LATCHKEY.CHROMIUMAPP.ORG', 'https://latchkey.chromiumapp.org.', ''],
    ),
    8,
  ),
  path: rarely(
    fc.oneof(fc.constantFrom('/', '/x', '/X', '/oidc/..', '/%78', '//x', '/x/'), hostileText(50)),
    10,
  ),
  isInFragment: fc.boolean().map((yes) => yes),
  instead: rarely(hostileText(100_000), 20),
});

function editParameters(url: URL, edits: readonly ParameterEdit[]): void {
  const { searchParams } = url;
  for (const { how, name, value } of edits) {
    const wellFormed = value.toWellFormed();
    if (how === 'set') searchParams.set(name.toWellFormed(), wellFormed);
    else if (how === 'double') searchParams.append(name.toWellFormed(), searchParams.get(name) ?? wellFormed);
    else if (how === 'drop') searchParams.delete(name);
    else {
      const kept = searchParams.get(name) ?? wellFormed;
      searchParams.delete(name);
      searchParams.append(`${name.toWellFormed()}x`, kept);
    }
  }
}

function change(page: string, { parameters, text, origin, path, isInFragment, instead }: Case): string {
  if (instead !== undefined) return instead;
  const url = new URL(page);
  editParameters(url, parameters);
  const search = isInFragment && parameters.length === 0 ? url.search.replace('?', '#') : url.search;
  return editText(`${origin ?? url.origin}${path ?? url.pathname}${search}`, text);
}

/**
 * What must be so of an address that is believed, by rules of our own: the address itself, and each deciding parameter once
 * and as it was at the beginning.
 */
function mayBeBelieved(service: Service, address: string): boolean {
  const [url, was] = [URL.parse(address), new URL(service.page)];
  if (url === null || url.origin !== was.origin || url.pathname !== was.pathname) return false;
  return service.proof.every(
    (name) =>
      url.searchParams.getAll(name).length === 1 && url.searchParams.get(name) === was.searchParams.get(name),
  );
}

interface Service {
  readonly operation: TapedOperation;
  readonly page: string;
  /** Parameters that must come back as they were. */
  readonly proof: readonly string[];
}

function toService(operation: TapedOperation): Service[] {
  const page = operation.tape.pages.at(-1);
  if (page === undefined) return [];
  const provider = findProvider(operation.name.replace('sign in to ', ''));
  return [{ operation, page, proof: provider?.protocol === 'oauth1' ? ['oauth_token'] : ['state'] }];
}

/** Addresses that tokens are asked for at, and that say whose they are. */
const spends = /token|\/me\b|userinfo|sns|jwks/;

export const callbackAddresses = defineTarget({
  name: 'callback addresses',
  cases,
  open: async () => {
    const world = await openWorld();
    const services = world.operations.filter(({ isSignIn = false }) => isSignIn).flatMap(toService);
    if (!services.some(({ page }) => page.startsWith(seededWeChatApp.callbackAddress)))
      throw new Error('WeChat is missing.');
    return {
      async run(value) {
        const service = services[value.service % services.length];
        if (service === undefined) return;
        const address = change(service.page, value);
        const find = createPlayer(service.operation.tape);
        let isBack = false;
        let spent: string | undefined;
        const judge = async (reply: Reply) => {
          assertMeant(reply);
          if (reply.ok) throw new Finding('state', 'Signed in with codes that nobody takes.');
          const changed = (await world.vault.findChanges()).filter((store) => store !== 'journal');
          if (changed.length > 0) throw new Finding('state', `${changed.join(', ')} changed.`);
          if (spent !== undefined && !mayBeBelieved(service, address))
            throw new Finding('state', `Believed, and sent to ${spent}.`);
        };
        await world.play(
          service.operation.name,
          {
            http: (request) => {
              if (!isBack || !spends.test(request.url)) return Promise.resolve(toResponse(find(request)));
              spent ??= keyOf(request);
              return Promise.resolve(
                Response.json({ error: 'invalid_grant', errcode: 40029 }, { status: 400 }),
              );
            },
            authorize: () => {
              isBack = true;
              return Promise.resolve(address);
            },
          },
          (app) => service.operation.run(app, world.clock),
          judge,
        );
      },
      close: () => world.close(),
    };
  },
});
