/** The scopes of Allegro, all below `allegro:api:`. */

const names =
  'profile:read profile:write sale:offers:read sale:offers:write sale:settings:read sale:settings:write ' +
  'orders:read orders:write shipments:read shipments:write ratings disputes bids messaging billing:read ' +
  'payments:read payments:write campaigns fulfillment:read fulfillment:write affiliate:read affiliate:write';

export const knownScopes: readonly string[] = names.split(' ').map((name) => `allegro:api:${name}`);

/** What an app gets: without a wish all it declared, else what it declared of its wish; the rest is left out silently. */
export function cutScope(declared: readonly string[], wish: string | null): string[] {
  if (wish === null || wish.trim() === '') return [...declared];
  const wanted = wish.split(/\s+/);
  return declared.filter((scope) => wanted.includes(scope));
}
