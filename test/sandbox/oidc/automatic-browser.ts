/** The browser of a person who clicks at once: keeps one host's cookies and goes on until an app's turn comes. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';

type Serve = (request: SandboxRequest) => Promise<SandboxAnswer>;

const mostSteps = 12;

export class AutomaticBrowser {
  readonly #host: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(host: string) {
    this.#host = host;
  }

  /** The first answer that leads away from the host, or with nothing to click. Throws when it goes in circles. */
  async walk(request: SandboxRequest, serve: Serve): Promise<SandboxAnswer> {
    let next: SandboxRequest | undefined = request;
    for (let step = 0; step < mostSteps; step += 1) {
      const answer: SandboxAnswer = await serve(this.#withCookies(next));
      this.#keepCookies(answer);
      next = this.#findNext(request, answer);
      if (next === undefined) return answer;
    }
    throw new Error(`${this.#host} leads in circles`);
  }

  #withCookies(request: SandboxRequest): SandboxRequest {
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => request.path.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    return { ...request, headers: { ...request.headers, cookie } };
  }

  #keepCookies({ headers }: SandboxAnswer): void {
    const set = headers['set-cookie'] ?? [];
    for (const line of typeof set === 'string' ? [set] : set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/';
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }

  #findNext(request: SandboxRequest, { headers, body }: SandboxAnswer): SandboxRequest | undefined {
    const { location } = headers;
    if (typeof location === 'string') {
      const url = new URL(location, `https://${this.#host}`);
      return url.host === this.#host ? { ...request, ...readUrl(url), method: 'GET', body: '' } : undefined;
    }
    const form = findForm(typeof body === 'string' ? body : '');
    if (form === undefined) return undefined;
    const url = new URL(form.action, `https://${this.#host}`);
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = { ...readUrl(url), method: 'POST', body: form.body };
    return { ...request, ...send, headers: { ...request.headers, ...type } };
  }
}

function readUrl({ pathname, searchParams }: URL): Pick<SandboxRequest, 'path' | 'query'> {
  return { path: pathname, query: searchParams };
}

/** The form of the sign-out page or of the engine's own step in between, both answered with yes. */
function findForm(html: string): { action: string; body: string } | undefined {
  const action = /<form[^>]* action="([^"]*\/session\/end\/confirm)"/.exec(html)?.[1];
  const xsrf = /name="xsrf" value="([^"]*)"/.exec(html)?.[1];
  if (action === undefined || xsrf === undefined) return undefined;
  return { action, body: new URLSearchParams({ xsrf, logout: 'yes' }).toString() };
}
