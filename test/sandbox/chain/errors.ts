/** JSON-RPC errors as the two chains' nodes send them, and as `RpcError` thrown inside the sandbox. */

export interface RpcErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A refusal by the chain or its node; `body` is what travels. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly body: RpcErrorBody;

  constructor(body: RpcErrorBody) {
    super(body.message);
    this.body = body;
  }
}

type Values = Readonly<Record<string, string | number>>;

interface Frame {
  readonly code: number;
  readonly name: string;
  readonly title: string;
  readonly format: string;
  readonly values?: Values;
  readonly extension?: { readonly assertion_expression: string };
}

/** `${name}` filled in; what has no value stays as it is, as on the real nodes. */
export function fillFormat(format: string, values: Values): string {
  return format.replace(/\$\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function buildException(rpcCode: number, message: string, frame: Frame): RpcError {
  return new RpcError({
    code: rpcCode,
    message,
    data: {
      code: frame.code,
      name: frame.name,
      message: frame.title,
      stack: [
        {
          context: {
            level: 'error',
            file: 'evaluator.cpp',
            line: 1,
            method: 'do_apply',
            hostname: '',
            timestamp: '2026-11-21T00:00:00',
          },
          format: frame.format,
          data: frame.values ?? {},
        },
      ],
      ...(frame.extension && { extension: frame.extension }),
    },
  });
}

export interface Assertion {
  /** The C++ condition that failed. */
  readonly expression: string;
  readonly text: string;
  /** On Hive also tells the two ways of writing an assertion apart: none means `expression && "text"`. */
  readonly values?: Values;
}

/**
 * A failed FC_ASSERT. Steem puts `<expression>: <text>` into the stack's format. Hive has the text alone there, except
 * where the source says `expression && "text"`: then the format is empty and both are in the message.
 */
export function buildAssertion(chain: 'steem' | 'hive', { expression, text, values }: Assertion): RpcError {
  const frame = { code: 10, name: 'assert_exception', title: 'Assert Exception' };
  if (chain === 'steem') {
    const format = `${expression}: ${text}`;
    return buildException(-32000, `Assert Exception:${fillFormat(format, values ?? {})}`, {
      ...frame,
      format,
      ...(values && { values }),
    });
  }
  if (values !== undefined) {
    return buildException(-32003, `Assert Exception:${fillFormat(text, values)}`, {
      ...frame,
      format: text,
      values,
      extension: { assertion_expression: expression },
    });
  }
  const whole = `${expression} && "${text}"`;
  return buildException(-32003, `Assert Exception:${whole}`, {
    ...frame,
    format: '',
    extension: { assertion_expression: whole },
  });
}

/** A refusal with any text, for the rarely seen rows of the error table: as bare as old nodes sent it. */
export function buildPlainRefusal(chain: 'steem' | 'hive', text: string): RpcError {
  return buildException(chain === 'steem' ? -32000 : -32003, `Assert Exception:${text}`, {
    code: 10,
    name: 'assert_exception',
    title: 'Assert Exception',
    format: chain === 'steem' ? text : '',
  });
}

export function buildMissingPostingAuthority(account: string): RpcError {
  return buildException(-32000, `missing required posting authority:Missing Posting Authority ${account}`, {
    code: 3_030_000,
    name: 'tx_missing_posting_auth',
    title: 'missing required posting authority',
    format: 'Missing Posting Authority ${id}',
    values: { id: account },
  });
}

export function buildNoResourceCredits(token: string, account: string, has: bigint, needs: bigint): RpcError {
  const format =
    'Account: ${account} has ${rc_current} RC, needs ${rc_needed} RC. ' +
    `Please wait to transact, or power up ${token}.`;
  const values = { account, rc_current: String(has), rc_needed: String(needs) };
  return buildException(-32000, `plugin exception:${fillFormat(format, values)}rethrow`, {
    code: 4_100_000,
    name: 'plugin_exception',
    title: 'plugin exception',
    format,
    values,
  });
}

/** Steem's word for a post or account that is not there. */
export function buildUnknownKey(): RpcError {
  return buildException(-32000, 'unknown key:unknown key: ', {
    code: 13,
    name: 'out_of_range',
    title: 'unknown key',
    format: 'unknown key: ',
  });
}

/** Hive's hivemind: the text is in `message` and in `extension`, the stack says nothing. */
export function buildHivemindAssertion(text: string): RpcError {
  return buildException(-32602, `Assert Exception:${text}`, {
    code: 10,
    name: 'assert_exception',
    title: 'Assert Exception',
    format: '',
    extension: { assertion_expression: text },
  });
}
