import type { PageSwitches } from './switches.ts';

/**
 * The same content from another release of the site: with `renamed`, every class, id and test id is another; with
 * `changed`, headings and links to authors are gone as well.
 */
export function changeMarkup(html: string, change: PageSwitches['markup']): string {
  if (change === 'known') return html;
  const renamed = html
    .replace(/ (class|id|data-testid)="([^"]*)"/g, (_whole, name: string, value: string) =>
      name === 'class' ? ` class="${value.split(' ').map(rename).join(' ')}"` : '',
    )
    .replace(/<(\/?)article/g, '<$1section');
  if (change === 'renamed') return renamed;
  return renamed.replace(/<(\/?)h[1-6]/g, '<$1div').replace(/<a href="\/@[a-z0-9.-]+"/g, '<a');
}

function rename(name: string): string {
  const sum = Buffer.from(name).reduce((all, byte) => (all * 31 + byte) % 1_679_616, 7);
  return `x${sum.toString(36)}`;
}
