import axe from 'axe-core';

/** What axe-core finds wrong with a view, each rule with the elements that break it. Colours are not known without a browser. */
export async function findFaults(root: Element): Promise<[rule: string, elements: string[]][]> {
  const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
