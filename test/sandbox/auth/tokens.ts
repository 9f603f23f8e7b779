/** Token texts of both families, and the store that knows which are good. */
import { createHmac, randomBytes } from 'node:crypto';

export type TokenKind = 'access' | 'code' | 'refresh';
export type TokenFormat = 'jwt' | 'signed-message';

export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
  readonly app: string;
  readonly user: string;
  readonly scope: readonly string[];
  /** UTC ms. */
  readonly issuedAt: number;
  /** UTC ms; undefined when it has no end. */
  readonly endsAt: number | undefined;
  /** Set by a revocation or a test. */
  state: 'good' | 'revoked' | 'expired' | 'used';
}

export type TokenFacts = Pick<Token, 'kind' | 'app' | 'user' | 'scope' | 'issuedAt' | 'endsAt'>;

export class TokenStore {
  readonly #tokens = new Map<string, Token>();
  readonly #format: TokenFormat;
  readonly #key = randomBytes(32);

  constructor(format: TokenFormat) {
    this.#format = format;
  }

  issue(facts: TokenFacts): Token {
    const text = this.#format === 'jwt' ? writeJwt(facts, this.#key) : writeSignedMessage(facts);
    const token: Token = { ...facts, text, state: 'good' };
    this.#tokens.set(text, token);
    return token;
  }

  find(text: string): Token | undefined {
    return this.#tokens.get(text);
  }

  list(): Token[] {
    return [...this.#tokens.values()];
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** SteemConnect v2: a JWT under the server's own key. `jti` stands for the noise that makes each one different. */
function writeJwt({ kind, app, user, scope, issuedAt, endsAt }: TokenFacts, key: Buffer): string {
  const payload = {
    role: kind === 'access' ? 'app' : kind,
    proxy: app,
    user,
    scope,
    iat: seconds(issuedAt),
    ...(endsAt !== undefined && { exp: seconds(endsAt) }),
    jti: randomBytes(6).toString('hex'),
  };
  const [head, body] = [{ alg: 'HS256', typ: 'JWT' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = `${head ?? ''}.${body ?? ''}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/** v3: JSON with a chain signature, in base64 whose `+ / =` became `- _ .` (padding stays, as dots). */
function writeSignedMessage({ kind, app, user, scope, issuedAt }: TokenFacts): string {
  const accessType = scope.length === 1 && scope[0] === 'login' ? 'login' : 'posting';
  const message = {
    signed_message: { type: kind === 'access' ? accessType : kind, app },
    authors: [user],
    timestamp: seconds(issuedAt),
    signatures: [`1f${randomBytes(64).toString('hex')}`],
  };
  return Buffer.from(JSON.stringify(message))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '.');
}
