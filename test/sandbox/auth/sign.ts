/** Pages without OAuth: sign links, revocation of an app, the list of authorised apps, and the site's own 404. */
import { escapeHtml, htmlPage } from '../html.ts';
import type { SandboxRequest, SandboxResponse } from '../messages.ts';
import { htmlAnswer, redirectAnswer } from '../messages.ts';
import { RpcError } from '../chain/errors.ts';
import { buildErrorText } from './error-text.ts';
import { readForm } from './read-form.ts';
import type { AuthService } from './service.ts';
import { buildMessagePage, buildSignPage } from './service-pages.ts';

/** Answers every path of the web host that authorize.ts leaves. */
export function answerSign(service: AuthService, request: SandboxRequest): SandboxResponse {
  const { title, webHost } = service.generation;
  const revoked = /^\/revoke\/@?([a-z0-9.-]+)$/.exec(request.path)?.[1];
  if (request.host === webHost) {
    if (request.path === '/') return htmlAnswer(htmlPage(title, `<h1>${escapeHtml(title)}</h1>`));
    if (request.path === '/sign/vote') return answerSignVote(service, request);
    if (revoked !== undefined) return answerRevokeApp(service, request, revoked);
    if (request.path === '/authorized-apps' || request.path === '/auths')
      return answerAuthorisedApps(service);
  }
  return htmlAnswer(buildMessagePage(title, 'Page not found', 'There is nothing at this address.'), 404);
}

/** A vote that the person confirms on the page. Weight 10000 when the link names none. */
function answerSignVote(service: AuthService, request: SandboxRequest): SandboxResponse {
  const { title } = service.generation;
  const fields = request.method === 'POST' ? readForm(request) : request.query;
  const author = fields.get('author') ?? '';
  const permlink = fields.get('permlink') ?? '';
  const weight = fields.get('weight') ?? '10000';
  const redirectUri = fields.get('redirect_uri');
  if (author === '' || permlink === '') {
    return htmlAnswer(buildMessagePage(title, 'Vote', 'The link names no author or no permlink.'));
  }
  const voter = fields.get('account');
  if (request.method === 'POST' && voter !== null && service.signedIn.includes(voter)) {
    return signVote(service, { voter, author, permlink, weight: Number(weight) }, redirectUri);
  }
  const asked: [string, string][] = [
    ['author', author],
    ['permlink', permlink],
    ['weight', weight],
  ];
  return htmlAnswer(
    buildSignPage({
      title,
      heading: 'Confirm vote',
      facts: [...asked.slice(0, 2), ['weight', `${weight} (${Number(weight) / 100} %)`]],
      accounts: service.signedIn,
      action: '/sign/vote',
      fields: redirectUri === null ? asked : [...asked, ['redirect_uri', redirectUri]],
      button: 'Continue as',
    }),
  );
}

function signVote(
  service: AuthService,
  vote: { voter: string; author: string; permlink: string; weight: number },
  redirectUri: string | null,
): SandboxResponse {
  const { title } = service.generation;
  try {
    const { id } = service.chain.broadcastVote(vote);
    if (redirectUri !== null && redirectUri !== '') return redirectAnswer(`${redirectUri}?id=${id}`);
    return htmlAnswer(
      htmlPage(
        `Done - ${title}`,
        `<h1>The vote has been broadcast</h1>\n<p role="status">Transaction ${id}</p>`,
      ),
    );
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return htmlAnswer(buildMessagePage(title, 'Oops, something went wrong', buildErrorText(error.body)));
  }
}

/** Takes the app out of the account's posting authority: what really ends an app's rights. */
function answerRevokeApp(service: AuthService, request: SandboxRequest, app: string): SandboxResponse {
  const { title } = service.generation;
  const account = request.method === 'POST' ? readForm(request).get('account') : null;
  if (account !== null && service.signedIn.includes(account)) {
    service.chain.withdrawAuthority(account, app);
    const text = `@${app} can no longer act for @${account}.`;
    return htmlAnswer(
      htmlPage(`Done - ${title}`, `<h1>Revoked</h1>\n<p role="status">${escapeHtml(text)}</p>`),
    );
  }
  return htmlAnswer(
    buildSignPage({
      title,
      heading: `Revoke @${app}`,
      facts: [['app', app]],
      accounts: service.signedIn,
      action: request.path,
      fields: [],
      button: 'Revoke for',
    }),
  );
}

function answerAuthorisedApps(service: AuthService): SandboxResponse {
  const rows = service.signedIn.map((name) => {
    const apps = service.chain.getAccount(name).postingAuths.map((app) => `<li>${escapeHtml(app)}</li>`);
    return `<h2>@${escapeHtml(name)}</h2>\n<ul>${apps.join('')}</ul>`;
  });
  return htmlAnswer(
    htmlPage(`Authorized apps - ${service.generation.title}`, `<h1>Authorized apps</h1>\n${rows.join('\n')}`),
  );
}
