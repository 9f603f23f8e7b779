/** X's web intent: a page that shows the post it was asked to write. */
import { escapeHtml, htmlPage } from './html.ts';
import type { SandboxRequest, SandboxResponse } from './messages.ts';
import { htmlAnswer } from './messages.ts';

/** Answers `/intent/tweet` and `/intent/post` (text, url, hashtags, via); 404 for other paths. */
export function answerWebIntent({ method, path, query }: SandboxRequest): SandboxResponse {
  if (method !== 'GET' || !/^\/intent\/(tweet|post)$/.test(path)) {
    return htmlAnswer(htmlPage('Page not found', '<h1>This page doesn’t exist</h1>'), 404);
  }
  const hashtags = (query.get('hashtags') ?? '').split(',').filter((tag) => tag !== '');
  const via = query.get('via');
  const text = [
    query.get('text'),
    query.get('url'),
    ...hashtags.map((tag) => `#${tag}`),
    via === null ? null : `via @${via}`,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' ');
  return htmlAnswer(
    htmlPage(
      'Post / X',
      `<h1>Post</h1>
<label>Post text <textarea name="text" rows="6" cols="60">${escapeHtml(text)}</textarea></label>
<button type="button">Post</button>`,
    ),
  );
}
