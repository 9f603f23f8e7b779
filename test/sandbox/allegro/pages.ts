/** The pages of Allegro that a person sees while signing in to an app. */
import { randomBytes } from 'node:crypto';
import { escapeHtml, hiddenFields, htmlPage } from '../html.ts';
import type { SandboxAnswer } from '../messages.ts';
import { htmlAnswer } from '../messages.ts';
import type { AllegroUser } from './people.ts';

export const loginPath = '/login';

/** Instead of a way back to the app, which learns nothing. */
export function buildErrorPage(): SandboxAnswer {
  const number = randomBytes(8).toString('hex');
  return htmlAnswer(
    htmlPage(
      'Allegro',
      `<h1>Nie możemy wyświetlić strony</h1>\n<p role="alert">We can’t show this page. Numer błędu: ${number}</p>`,
    ),
    400,
  );
}

/** After signing in the person comes to `next`, a path with its query. */
export function buildLoginPage(next: string, isWrong = false): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'Log in - Allegro',
      `<h1>Log in to Allegro</h1>
${isWrong ? '<p role="alert">There is no such account.</p>' : ''}
<form method="post" action="${loginPath}">
${hiddenFields([['next', next]])}
<label>Login <input name="login" autocomplete="off" required></label>
<button>Log in</button>
</form>`,
    ),
  );
}

export interface ConsentPage {
  readonly title: string;
  readonly app: string;
  readonly scope: readonly string[];
  readonly users: readonly AllegroUser[];
  /** Where the form is sent, with these fields and `allow` (a login) or `refuse`. */
  readonly action: string;
  readonly fields: Iterable<readonly [string, string]>;
  /** The name of the button that says no. */
  readonly refusal: string;
  /** The address of this page, for people who want to log in as somebody else first. */
  readonly here: string;
}

/** Who asks for what; a button for each person who is signed in, and one that says no. */
export function buildConsentPage(page: ConsentPage): SandboxAnswer {
  const rights = page.scope.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);
  const buttons = page.users.map(
    ({ login }) =>
      `<button name="allow" value="${escapeHtml(login)}">Allow access as ${escapeHtml(login)}</button>`,
  );
  return htmlAnswer(
    htmlPage(
      `Link an app - ${page.title}`,
      `<h1>${escapeHtml(page.app)} asks for access to your account</h1>
<p>Is this the right account? The app will be able to use:</p>
<ul>${rights.join('')}</ul>
<form method="post" action="${escapeHtml(page.action)}">
${hiddenFields(page.fields)}
${buttons.join('\n')}
<button name="refuse" value="yes">${escapeHtml(page.refusal)}</button>
</form>
<p><a href="${loginPath}?${escapeHtml(new URLSearchParams({ next: page.here }).toString())}">Log in to another account</a></p>`,
    ),
  );
}

/** The first page of the device flow when the address brought no code, or a wrong one. */
export function buildDeviceCodePage(action: string, isWrong: boolean): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'Link an app - Allegro',
      `<h1>Skojarz aplikację</h1>
${isWrong ? '<p role="alert">The code is wrong, used or too old.</p>' : ''}
<form method="get" action="${escapeHtml(action)}">
<label>Code <input name="code" autocomplete="off" required></label>
<button>Next</button>
</form>`,
    ),
  );
}

export function buildMessagePage(heading: string, text: string): SandboxAnswer {
  return htmlAnswer(
    htmlPage(`${heading} - Allegro`, `<h1>${escapeHtml(heading)}</h1>\n<p>${escapeHtml(text)}</p>`),
  );
}
