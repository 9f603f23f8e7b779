/** What a test can change about the pages of one sandbox while it runs. */
import type { Sandbox } from '../index.ts';

export interface PageSwitches {
  /** Which of its two code bases hive.blog runs: `older` is condenser, `newer` is denser. */
  hiveBlogCode: 'older' | 'newer';
  /**
   * How well the sites can be recognised: `known` as today; `renamed` has none of the known classes, ids and test ids;
   * `changed` has no heading and no author link either.
   */
  markup: 'known' | 'renamed' | 'changed';
}

const switches = new WeakMap<Sandbox, PageSwitches>();

export function getPageSwitches(sandbox: Sandbox): PageSwitches {
  const known = switches.get(sandbox) ?? { hiveBlogCode: 'newer', markup: 'known' };
  switches.set(sandbox, known);
  return known;
}
