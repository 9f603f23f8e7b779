interface Limits {
  /** At the same time, in all. */
  readonly atOnce: number;
  /** At the same time, of one group. */
  readonly perGroup: number;
}

/**
 * Works through many things, a few at a time and the groups in turn, so that a slow group holds nobody else up. What fails
 * keeps nothing from being done.
 */
export function runFairly<Item>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
  { atOnce, perGroup }: Limits,
  work: (item: Item) => Promise<unknown>,
): Promise<undefined> {
  /** By group; the one whose turn is next comes first. */
  const waiting = Map.groupBy(items, groupOf);
  const running = new Map<string, number>();
  let active = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();

  function take(): { readonly group: string; readonly item: Item } | undefined {
    for (const [group, queue] of waiting) {
      if ((running.get(group) ?? 0) >= perGroup) continue;
      const item = queue.shift();
      waiting.delete(group);
      if (queue.length > 0) waiting.set(group, queue);
      if (item !== undefined) return { group, item };
    }
    return undefined;
  }

  function count(group: string, change: 1 | -1): void {
    active += change;
    running.set(group, (running.get(group) ?? 0) + change);
  }

  function fill(): void {
    while (active < atOnce) {
      const next = take();
      if (next === undefined) break;
      count(next.group, 1);
      const end = () => {
        count(next.group, -1);
        fill();
      };
      work(next.item).then(end, end);
    }
    if (active === 0) resolve(undefined);
  }

  fill();
  return promise;
}
