/** People and posts on X for `npm start` and the journeys, and Latchkey's app in X's console. */
import type { XService } from './service.ts';

const hour = 3_600_000;

export interface XSeedOptions {
  /** Where OAuth 2.0 and OAuth 1.0a may send people back to, to the letter. */
  readonly redirectUris?: readonly string[];
}

/** Latchkey's own app: a public client, and the keys for OAuth 1.0a. */
export const seededXApp = {
  clientId: 'x-client-id',
  apiKey: 'x-api-key',
  apiKeySecret: 'x-api-key-secret',
} as const;

/** An app of the wrong type: what a person gets who chose "Web App" in the console. */
export const seededXWebApp = {
  clientId: 'x-web-client-id',
  clientSecret: 'x-web-client-secret',
  apiKey: 'x-web-api-key',
  apiKeySecret: 'x-web-api-key-secret',
} as const;

/** How many posts Bob has, all older than an hour. */
export const seededTweets = 45;
/** How many people follow Bob. */
export const seededFollowers = 24;

const special = [
  'Morning on the ridge 🏔️☕ three hours up, one pretzel down',
  'Family walk 👨‍👩‍👧‍👦 with flags 🇵🇱🇯🇵 and a keycap 1️⃣',
  '山中小屋的三天,没有信号,也没有消息。',
  '今日は港で一日中、船の音を聞いていた。',
  'שלום מהים, היום הגלים גבוהים',
  'مرحبا من الميناء، الطقس جميل اليوم',
  'Дневник сада, часть первая: лук взошёл раньше срока.',
  'Zażółć gęślą jaźń, czyli próba klawiatury',
  'Notes from a mountain hut https://steemit.com/@alice/notes-from-a-mountain-hut #travel #mountains',
  'Fish & chips < pie, and 2 > 1 "quoted"',
  '<script>document.title="owned"</script> is not a headline',
  'Numbers =1+1 and +49 at the start of a cell\nand a second line, with a comma; and a semicolon',
];
const subjects = ['garden', 'kitchen', 'harbour', 'workshop', 'library', 'orchard', 'market', 'lighthouse'];

/**
 * Bob (`bob_on_x`) is signed in on x.com and owns the app; `alice_on_x` has summoned him in a post; `locked_on_x` is
 * locked, `quiet_on_x` protected, `gone_on_x` suspended, `premium_on_x` may write long.
 */
export function seedX(x: XService, { redirectUris = [] }: XSeedOptions = {}): void {
  const bob = x.addUser({
    id: '1450000000000000001',
    username: 'bob_on_x',
    name: 'Bob 🐝',
    description: 'Bees, bread and the sea.',
  });
  x.addUser({ id: '1450000000000000002', username: 'alice_on_x', name: 'Alice', verified: true });
  x.addUser({ username: 'premium_on_x', name: 'Premium Pia', verified: true, premium: true });
  x.addUser({ username: 'locked_on_x', name: 'Locked Lou' }).trouble = 326;
  x.addUser({ username: 'quiet_on_x', name: 'Quiet Quinn', protected: true });
  x.addUser({ username: 'gone_on_x', name: 'Gone Gus' }).suspended = true;
  seedFollows(x);
  seedTweets(x);
  const common = { redirectUris, callbackUrls: redirectUris, permission: 'read-write' as const };
  x.registerApp({ ...seededXApp, ...common, type: 'native', ownerUserId: bob.id });
  x.registerApp({ ...seededXWebApp, ...common, type: 'web' });
  x.signedIn = 'bob_on_x';
}

function seedFollows(x: XService): void {
  x.follow('alice_on_x', 'bob_on_x');
  x.follow('bob_on_x', 'alice_on_x');
  x.follow('bob_on_x', 'premium_on_x');
  const names = ['Ида', '美咲', 'Zoë', 'יעל', 'Łukasz', 'Priya'];
  for (let index = 1; index < seededFollowers; index += 1) {
    const name = `${names[index % names.length] ?? 'Reader'} ${index}`;
    x.addUser({ username: `reader_${index}`, name });
    x.follow(`reader_${index}`, 'bob_on_x');
    if (index % 3 === 0) x.follow('bob_on_x', `reader_${index}`);
  }
}

function seedTweets(x: XService): void {
  const newest = x.now() - 2 * hour;
  for (let index = seededTweets - 1; index >= 0; index -= 1) {
    const subject = subjects[index % subjects.length] ?? 'diary';
    // The special ones come first on the timeline, where a small page shows them.
    const text = special[index] ?? `The ${subject} diary, part ${seededTweets - index}`;
    x.addTweet('bob_on_x', text, { createdAt: newest - index * 5 * hour });
  }
  x.addTweet('alice_on_x', 'What do you think, @bob_on_x?', { createdAt: newest });
  x.addTweet('alice_on_x', 'A thought of my own, addressed to nobody', { createdAt: newest - hour });
  x.addTweet('quiet_on_x', 'For friends only', { createdAt: newest });
}
