/** Enough plain posts that a feed has to be scrolled. */
import type { SandboxChain } from './chain/chain.ts';

const subjects = ['Garden', 'Kitchen', 'Harbour', 'Workshop', 'Library', 'Orchard', 'Market', 'Lighthouse'];
const authors = ['alice', 'carol', 'erin'];

export const feedLength = 48;

/** `feedLength` posts, one every 50 minutes back from half a day ago, all within the payout week. */
export function seedFeed(chain: SandboxChain): void {
  const newest = chain.now() - 12 * 3_600_000;
  for (let index = 0; index < feedLength; index += 1) {
    const subject = subjects[index % subjects.length] ?? 'Diary';
    const number = index + 1;
    chain.addPost({
      author: authors[index % authors.length] ?? 'alice',
      permlink: `${subject.toLowerCase()}-diary-${number}`,
      title: `${subject} diary, part ${number}`,
      body: `What happened in the ${subject.toLowerCase()} this week.`,
      tags: ['diary', subject.toLowerCase()],
      created: newest - index * 50 * 60_000,
      payout: (index % 7) * 0.35,
    });
  }
}
