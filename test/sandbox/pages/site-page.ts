/** Answers for one site: feeds, profiles and posts, whole or in the parts that its script asks for. */
import { escapeHtml } from '../html.ts';
import type { PageHandler, Sandbox, SandboxChain, SandboxRequest, SandboxResponse } from '../index.ts';
import { htmlAnswer } from '../messages.ts';
import { buildScript } from './browser-script.ts';
import { buildPagePost, type PagePost } from './page-post.ts';
import type { SiteMarkup } from './site-markup.ts';
import { changeMarkup } from './change-markup.ts';
import { getPageSwitches } from './switches.ts';

const pageSize = 12;
const maxCards = 36;
const hydrationMs = 250;

export function createSitePages(
  findChain: (sandbox: Sandbox) => SandboxChain,
  findMarkup: (sandbox: Sandbox) => SiteMarkup,
): PageHandler {
  return (request, sandbox) => {
    const chain = findChain(sandbox);
    const markup = findMarkup(sandbox);
    const { markup: change } = getPageSwitches(sandbox);
    const part = request.query.get('part');
    const page = readPage(chain, markup, request, part !== null);
    if (page.redirect !== undefined) return { status: 308, headers: { location: page.redirect }, body: '' };
    if (part === 'cards') return htmlAnswer(changeMarkup(page.cards, change));
    const root = changeMarkup(markup.frame(page.content), change);
    return part === 'root' ? htmlAnswer(root) : buildDocument(markup, page, root);
  };
}

interface Page {
  readonly status: number;
  readonly title: string;
  readonly content: string;
  readonly cards: string;
  readonly redirect?: string;
}

function readPage(
  chain: SandboxChain,
  markup: SiteMarkup,
  request: SandboxRequest,
  isHydrated: boolean,
): Page {
  const [, category, author, permlink] =
    /^\/(?:([^/@][^/]*)\/)?@([a-z0-9.-]+)(?:\/([\w-]+))?\/?$/.exec(request.path) ?? [];
  const known = author !== undefined && permlink !== undefined ? chain.findPost(author, permlink) : undefined;
  if (permlink !== undefined && !known) {
    return { status: 404, title: 'Not found', content: markup.notFound, cards: '' };
  }
  if (known) return readPostPage(markup, buildPagePost(chain, known), category, isHydrated);
  const offset = Number(request.query.get('offset') ?? 0);
  const posts = chain
    .listPosts()
    .filter((post) => author === undefined || post.author === author)
    .slice(offset, offset + pageSize);
  const cards = posts.map((post) => markup.card(buildPagePost(chain, post), isHydrated)).join('\n');
  return { status: 200, title: markup.title, content: markup.feed(cards), cards };
}

function readPostPage(
  markup: SiteMarkup,
  post: PagePost,
  category: string | undefined,
  isHydrated: boolean,
): Page {
  const isOther =
    (markup.redirects === 'without category' && category === undefined) ||
    (markup.redirects === 'with category' && category !== undefined && category !== 'waves');
  return {
    status: 200,
    title: post.title,
    content: markup.post(post, isHydrated),
    cards: '',
    ...(isOther && { redirect: markup.postPath(post) }),
  };
}

function buildDocument(markup: SiteMarkup, page: Page, root: string): SandboxResponse {
  const script = buildScript({
    rootId: markup.rootId,
    list: markup.list,
    hydrationMs,
    pageSize,
    maxCards,
  });
  return htmlAnswer(
    `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${page.title || escapeHtml(markup.title)}</title>
<link rel="icon" href="data:,">
<style>${baseCss}${markup.css}</style></head>
<body>
<div id="${markup.rootId}">${root}</div>
${script}
</body>
</html>
`,
    page.status,
  );
}

const baseCss = `
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#222;background:#f4f5f6}
a{color:inherit;text-decoration:none}
ul{list-style:none;margin:0;padding:0}
h1{font-size:1.7em;line-height:1.25;margin:.2em 0 .5em}
h2{font-size:1.15em;margin:0 0 .2em}
.site-bar{display:flex;gap:20px;align-items:center;height:56px;padding:0 24px;background:#fff;border-bottom:1px solid #ddd}
.site-bar b{font-size:1.3em}
.site-bar nav{display:flex;gap:16px;color:#666}
.page-column{max-width:800px;margin:20px auto;padding:0 12px}
.muted{color:#777;font-size:14px}
@media (prefers-color-scheme:dark){body{color:#ddd;background:#15181c}.site-bar{background:#1d2126;border-color:#333}.muted,.site-bar nav{color:#999}}
`;
