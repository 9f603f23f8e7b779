import { render, type ComponentChildren } from 'preact';
import type { ViewPorts } from './view-ports.ts';
import { ViewProvider } from './view-context.ts';

/**
 * Draws a view into the page's `#app` and tells the page its language: that of the texts, which is English when the
 * browser's own language has none.
 */
export function mount(view: ComponentChildren, ports: ViewPorts): void {
  const root = document.getElementById('app');
  if (root === null) throw new Error('The page has no #app.');
  document.documentElement.lang = ports.t('language_tag');
  document.documentElement.dir = 'ltr';
  render(<ViewProvider value={ports}>{view}</ViewProvider>, root);
}
