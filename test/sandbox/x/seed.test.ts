import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../index.ts';
import { startSandbox } from '../index.ts';
import { seedSandbox } from '../seed.ts';
import { seededFollowers, seededTweets, seededXApp, seededXWebApp } from './seed.ts';
import { exchange, redirectUri, takeCode } from './test-client.ts';
import { countWeightedLength } from './weighted-length.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox, { redirectUris: ['https://other.example/', redirectUri] });
});
afterAll(() => sandbox.close());

test('bob has a timeline of several pages in many scripts, and followers', () => {
  const posts = sandbox.x.tweetsOf('bob_on_x');
  expect(posts).toHaveLength(seededTweets);
  const all = posts.map(({ text }) => text).join('\n');
  for (const script of [/\p{RGI_Emoji}/v, /\p{Script=Han}/u, /\p{Script=Hebrew}/u, /\p{Script=Cyrillic}/u])
    expect(all).toMatch(script);
  expect(posts.every(({ text }) => countWeightedLength(text) <= 280)).toBe(true);
  expect(new Set(posts.map(({ text }) => text)).size).toBe(seededTweets);
  const bob = sandbox.x.people.get('bob_on_x');
  expect(sandbox.x.people.followersOf(bob)).toHaveLength(seededFollowers);
});

test('the app takes the redirect addresses of the seed, and bob owns it', async () => {
  expect((await exchange(sandbox, await takeCode(sandbox))).status).toBe(200);
  expect(sandbox.x.findApp(seededXApp.clientId)).toMatchObject({ ownerUserId: '1450000000000000001' });
  expect(sandbox.x.findAppByKey(seededXApp.apiKey)?.callbackUrls).toContain(redirectUri);
  expect(sandbox.x.findApp(seededXWebApp.clientId)?.type).toBe('web');
});
