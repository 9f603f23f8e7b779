/** Look-ups as the background offers and answers them, for the tests of the Look up tab. */
import type { Actions } from '../../../lib/actions/index.ts';
import type { LookupResult } from '../../../lib/actions/lookup.ts';

const count = { id: 'count', title: 'How many', kind: 'number', isRequired: false, initial: '10' } as const;
const user = { id: 'user', title: 'User', kind: 'text', isRequired: true, initial: '' } as const;

const lookups = [
  { id: 'timeline', title: 'Timeline', params: [count], pricePerRow: 0.005 },
  { id: 'followers', title: 'Followers', params: [count], pricePerRow: 0.01, missing: 'follows' as const },
  { id: 'user', title: 'A person', params: [user, count] },
];
export const offers: Actions['lookup.list']['output'] = {
  accounts: [
    { id: 'a', name: 'ada', service: 'X', lookups },
    { id: 'g', name: 'grace', service: 'X', lookups },
    { id: 's', name: 'sam', service: 'SteemLogin', lookups: [] },
  ],
};

/** An account that can change things, with a field of each kind. */
export const changes: Actions['lookup.list']['output'] = {
  accounts: [
    {
      id: 'a',
      name: 'ada',
      service: 'Authing',
      lookups: [
        {
          id: 'rename',
          title: 'Rename me',
          effect: 'change',
          params: [
            { id: 'name', title: 'Name', kind: 'text', isRequired: true, initial: '' },
            { id: 'password', title: 'Password', kind: 'password', isRequired: true, initial: '' },
          ],
        },
        {
          id: 'remove',
          title: 'Delete a person',
          effect: 'delete',
          params: [
            { id: 'note', title: 'Note', kind: 'long-text', isRequired: false, initial: '' },
            {
              id: 'role',
              title: 'Role',
              kind: 'choice',
              isRequired: false,
              initial: 'guest',
              choices: [
                { value: 'guest', title: 'Guest' },
                { value: 'admin', title: 'Admin' },
              ],
            },
          ],
        },
        { id: 'me', title: 'Me', params: [] },
      ],
    },
  ],
};

const columns: LookupResult['columns'] = [
  { id: 'text', title: 'Text', kind: 'text' },
  { id: 'createdAt', title: 'Posted', kind: 'time' },
  { id: 'likes', title: 'Likes', kind: 'number' },
  { id: 'link', title: 'Link', kind: 'link' },
];
const noon = Date.UTC(2026, 10, 21, 12);
export const firstPage: LookupResult = {
  columns,
  rows: [
    { text: 'zebra', createdAt: noon, likes: 5, link: 'https://x.com/i/web/status/1' },
    { text: '=Äpfel', createdAt: noon - 60_000, likes: 1200, link: 'javascript:alert(1)' },
    { text: 'birch' },
  ],
  next: 'page2',
  limit: { remaining: 14, resetsAt: noon },
};
export const lastPage: LookupResult = { columns, rows: [{ text: 'acorn', likes: 70 }] };
