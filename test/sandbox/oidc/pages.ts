/** The pages of an OpenID Connect server that a person sees. */
import { escapeHtml, htmlPage } from '../html.ts';

export interface AskPage {
  readonly host: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly people: readonly { readonly username: string; readonly name: string }[];
  /** Where the form is sent, with `username`, or with an empty one for Cancel. */
  readonly action: string;
}

/** Signing in and consent in one: a button for each person who is signed in at the server. */
export function buildAskPage({ host, clientName, scopes, people, action }: AskPage): string {
  const buttons = people.map(
    ({ username, name }) =>
      `<button name="username" value="${escapeHtml(username)}">Continue as ${escapeHtml(name)}</button>`,
  );
  return htmlPage(
    `Sign in at ${host}`,
    `<h1>${escapeHtml(clientName)} wants to know you</h1>
<p>It asks ${escapeHtml(host)} for:</p>
<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')}</ul>
<form method="post" action="${escapeHtml(action)}">
${buttons.join('\n')}
<button name="username" value="">Cancel</button>
</form>`,
  );
}

/** Instead of a way back to the app. */
export function buildErrorPage(error: Readonly<Record<string, unknown>>): string {
  const items = Object.entries(error).map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd>`,
  );
  return htmlPage('Error', `<h1>Something went wrong</h1>\n<dl role="alert">${items.join('')}</dl>`);
}

/** `form` is the engine's own, empty but for its token, with this id. */
export function buildSignOutPage(host: string, form: string): string {
  return htmlPage(
    `Sign out at ${host}`,
    `<h1>Do you want to sign out at ${escapeHtml(host)}?</h1>
${form}
<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>
<button form="op.logoutForm">No, stay signed in</button>`,
  );
}

export function buildSignedOutPage(host: string): string {
  return htmlPage(`Signed out at ${host}`, `<h1>You are signed out at ${escapeHtml(host)}.</h1>`);
}
