/** The page on which a person signs in and consents, and what their click does. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { buildAskPage, buildErrorPage } from './pages.ts';
import type { OidcService } from './service.ts';

/** As the addresses of Authing's pages look. */
export const interactionPath = '/interaction/oidc/';

/** GET shows the page, or goes on at once for a person whose click is automatic; POST is the click. */
export async function answerInteraction(
  service: OidcService,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction === undefined) {
    const error = { error: 'invalid_request', error_description: 'interaction session not found' };
    response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' }).end(buildErrorPage(error));
    return;
  }
  const clientId = String(interaction.params.client_id);
  const chosen =
    request.method === 'POST' ? await readChoice(request) : service.findAutomaticConsent(clientId);
  if (chosen === undefined) showPage(service, interaction, response);
  else await finish(service, provider, { interaction, chosen, request, response });
}

async function readChoice(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // Node's http server yields buffers as long as no encoding is set.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('username') ?? '';
}

function showPage(service: OidcService, { uid, params }: Interaction, response: ServerResponse): void {
  const page = buildAskPage({
    host: service.host,
    clientName: service.nameOfClient(String(params.client_id)),
    scopes: readScopes(params),
    people: service.signedIn.map((username) => service.getUser(username)),
    action: `${interactionPath}${uid}/login`,
  });
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

interface Click {
  readonly interaction: Interaction;
  /** A username; empty for Cancel. */
  readonly chosen: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function finish(
  service: OidcService,
  provider: Provider,
  { interaction, chosen, request, response }: Click,
): Promise<void> {
  const user = service.findUser(chosen);
  if (user === undefined) {
    const refusal = { error: 'access_denied', error_description: 'End-User aborted interaction' };
    return provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({
    accountId: user.sub,
    clientId: String(interaction.params.client_id),
  });
  grant.addOIDCScope(readScopes(interaction.params).join(' '));
  return provider.interactionFinished(request, response, {
    login: { accountId: user.sub },
    consent: { grantId: await grant.save() },
  });
}

function readScopes({ scope }: Readonly<Record<string, unknown>>): string[] {
  return typeof scope === 'string' ? scope.split(' ') : [];
}
