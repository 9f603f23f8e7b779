/** The pages of X that a person sees while signing in to an app. */
import { escapeHtml, hiddenFields, htmlPage } from '../html.ts';
import type { SandboxAnswer } from '../messages.ts';
import { htmlAnswer } from '../messages.ts';

/** Instead of a way back to the app: the app asked wrongly. */
export function buildErrorPage(): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'X',
      '<h1>Something went wrong</h1>\n<p role="alert">You weren’t able to give access to the App. Go back and try logging in again.</p>',
    ),
    400,
  );
}

/** Nobody is signed in; after signing in the person comes back to `next`, a path with its query. */
export function buildLoginPage(next: string): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'Log in to X',
      `<h1>Log in to X</h1>
<form method="post" action="/login">
${hiddenFields([['next', next]])}
<label>Username <input name="username" autocomplete="off" required></label>
<button>Log in</button>
</form>`,
    ),
  );
}

export interface ConsentPage {
  readonly app: string;
  readonly username: string;
  /** What the app will be able to do, a sentence each, with the word the protocol has for it. */
  readonly rights: readonly (readonly [string, string])[];
  /** Where the form is sent, with these fields and `decision`. */
  readonly action: string;
  readonly fields: Iterable<readonly [string, string]>;
}

/** Who asks for what, and the two buttons; `decision` is `authorize` or `cancel`. */
export function buildConsentPage({ app, username, rights, action, fields }: ConsentPage): SandboxAnswer {
  const items = rights.map(
    ([word, sentence]) => `<li><code>${escapeHtml(word)}</code> ${escapeHtml(sentence)}</li>`,
  );
  return htmlAnswer(
    htmlPage(
      'Authorize app / X',
      `<h1>${escapeHtml(app)} wants to access your X account.</h1>
<p>Signed in as <strong>@${escapeHtml(username)}</strong></p>
<p>Things this App can view and do:</p>
<ul>${items.join('')}</ul>
<form method="post" action="${escapeHtml(action)}">
${hiddenFields(fields)}
<button name="decision" value="authorize">Authorize app</button>
<button name="decision" value="cancel">Cancel</button>
</form>`,
    ),
  );
}

/** OAuth 1.0a, after Cancel: the way back is a link, and nobody goes it unless the person does. */
export function buildCancelledPage(app: string, address: string | undefined): SandboxAnswer {
  const back =
    address === undefined ? '' : `\n<p><a href="${escapeHtml(address)}">Return to ${escapeHtml(app)}</a></p>`;
  return htmlAnswer(
    htmlPage(
      'Cancelled / X',
      `<h1>OK, you’ve denied ${escapeHtml(app)} access to interact with your account!</h1>${back}`,
    ),
  );
}

/** OAuth 1.0a without a callback: a number to copy. */
export function buildPinPage(app: string, pin: string): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'PIN / X',
      `<h1>You’ve granted access to ${escapeHtml(app)}!</h1>
<p>Next, return to ${escapeHtml(app)} and enter this PIN to complete the authorization process:</p>
<p><code>${escapeHtml(pin)}</code></p>`,
    ),
  );
}

/** OAuth 1.0a: a request token that is unknown, spent or too old. */
export function buildNoRequestTokenPage(): SandboxAnswer {
  return htmlAnswer(
    htmlPage(
      'X / Error',
      '<h1>Whoa there!</h1>\n<p role="alert">There is no request token for this page. That’s the special key we need from applications asking to use your account. Please go back to the site or application that sent you here and try again; it was probably just a mistake.</p>',
    ),
    403,
  );
}
