/** The bar on top of a site, with links that its router follows. */
export function buildFrame(name: string, feeds: readonly string[]): (content: string) => string {
  const links = feeds.map((feed) => `<a href="/${feed}">${feed}</a>`).join('');
  return (content) =>
    `<header class="site-bar"><a href="/"><b>${name}</b></a><nav>${links}</nav></header><div class="page-column">${content}</div>`;
}
