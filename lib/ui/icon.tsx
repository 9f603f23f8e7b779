/** Line drawings on a 20 x 20 field, as path data. They only decorate: each stands beside its words. */
const paths = {
  vote: 'M10 16V5M5 9.5 10 4.5l5 5',
  tweet: 'M4 4.5h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-5L7 16.5v-3H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  lookup: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  accounts: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5',
  activity: 'M3 10h3.2l2.3-5.5 3.4 11 2.2-5.5H17',
  settings:
    'M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  key: 'M7.2 12.8a4 4 0 1 1 2.4-2.4L16.5 17M13 13.5l1.8-1.8M9 7.5h.01',
  warning: 'M10 3.5 17.5 16.5h-15L10 3.5ZM10 8.5v3.5M10 14.4v.1',
  done: 'm4.5 10.5 3.5 3.5 7.5-8',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" class="icon">
      <path d={paths[name]} />
    </svg>
  );
}
