/** The pages a person sees at a sign-in service. */
import type { Consent } from './generation.ts';
import { escapeHtml, hiddenFields, htmlPage } from '../html.ts';

export interface ConsentPage {
  readonly title: string;
  readonly app: string;
  readonly consent: Consent;
  readonly accounts: readonly string[];
  /** Where the form is sent, with these fields and `account`. */
  readonly action: string;
  readonly fields: Iterable<readonly [string, string]>;
}

/** Who asks for what, and one button for each signed-in account. Cancel leads to the site, never to the app. */
export function buildConsentPage({ title, app, consent, accounts, action, fields }: ConsentPage): string {
  const isLogin = consent.scope.length === 1 && consent.scope[0] === 'login';
  const wish = isLogin
    ? 'know who you are'
    : `act for you: ${consent.scope.length === 0 ? 'everything a posting key may do' : consent.scope.join(', ')}`;
  return htmlPage(
    `Sign in - ${title}`,
    `<h1>${escapeHtml(app)} asks to sign you in</h1>
<p><strong>@${escapeHtml(app)}</strong> wants to ${escapeHtml(wish)}.</p>
<form method="post" action="${escapeHtml(action)}">
${hiddenFields(fields)}
${buildAccountButtons(accounts, 'Continue as')}
</form>
<p><a href="/">Cancel</a></p>`,
  );
}

/** Asked once for each app and account: changing the posting authority takes the active key. */
export function buildGrantPage(page: {
  readonly title: string;
  readonly app: string;
  readonly account: string;
  readonly action: string;
  readonly fields: Iterable<readonly [string, string]>;
  readonly wrongKey: boolean;
}): string {
  const app = escapeHtml(page.app);
  return htmlPage(
    `Authorize - ${page.title}`,
    `<h1>Authorize @${app}</h1>
<p>@${app} will be able to post, comment, vote and follow as @${escapeHtml(page.account)}.</p>
${page.wrongKey ? '<p role="alert">The key is not the active key of this account.</p>' : ''}
<form method="post" action="${escapeHtml(page.action)}">
${hiddenFields(page.fields)}
<label>Active key <input type="password" name="active_key" autocomplete="off" required></label>
<button>Authorize</button>
</form>`,
  );
}

export interface SignPage {
  readonly title: string;
  readonly heading: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly accounts: readonly string[];
  readonly action: string;
  readonly fields: Iterable<readonly [string, string]>;
  readonly button: string;
}

/** What is going to be signed, and by whom. */
export function buildSignPage({ title, heading, facts, accounts, action, fields, button }: SignPage): string {
  const rows = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return htmlPage(
    `${heading} - ${title}`,
    `<h1>${escapeHtml(heading)}</h1>
<dl>${rows.join('')}</dl>
<form method="post" action="${escapeHtml(action)}">
${hiddenFields(fields)}
${buildAccountButtons(accounts, button)}
</form>`,
  );
}

export function buildMessagePage(title: string, heading: string, text: string): string {
  return htmlPage(
    `${heading} - ${title}`,
    `<h1>${escapeHtml(heading)}</h1>\n<p role="alert">${escapeHtml(text)}</p>`,
  );
}

function buildAccountButtons(accounts: readonly string[], verb: string): string {
  if (accounts.length === 0) return '<p role="alert">Nobody is signed in here.</p>';
  return accounts
    .map((name) => `<button name="account" value="${escapeHtml(name)}">${verb} @${escapeHtml(name)}</button>`)
    .join('\n');
}
