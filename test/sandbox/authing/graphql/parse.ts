/** Reads the GraphQL that clients of the user API send: one operation, no fragments, no directives. */

export type Argument = { readonly variable: string } | { readonly literal: unknown };

export interface Field {
  readonly name: string;
  /** What the answer calls it. */
  readonly alias: string;
  readonly arguments: ReadonlyMap<string, Argument>;
  /** Undefined for a field without braces. */
  readonly fields: readonly Field[] | undefined;
}

export interface Operation {
  readonly kind: 'query' | 'mutation';
  /** Declared types by name, without the dollar sign. */
  readonly variables: ReadonlyMap<string, string>;
  readonly fields: readonly Field[];
}

export class GraphqlSyntaxError extends Error {}

const tokenPattern = /[\s,]+|#[^\n]*|([_A-Za-z]\w*|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\.)*"|[{}()[\]:$!=])/y;

/** Throws GraphqlSyntaxError. */
export function parseGraphql(source: string): Operation {
  const reader = new TokenReader(readTokens(source));
  if (reader.peek() === '{')
    return end(reader, { kind: 'query', variables: new Map(), fields: readFields(reader) });
  const kind = reader.next();
  if (kind !== 'query' && kind !== 'mutation') throw unexpected(kind);
  if (isName(reader.peek())) reader.next();
  const variables = reader.peek() === '(' ? readVariables(reader) : new Map<string, string>();
  return end(reader, { kind, variables, fields: readFields(reader) });
}

class TokenReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  next(): string {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  take(token: string): void {
    const found = this.next();
    if (found !== token) throw unexpected(found);
  }

  name(): string {
    const found = this.next();
    if (!isName(found)) throw unexpected(found);
    return found;
  }
}

const isName = (token: string): boolean => /^[_A-Za-z]\w*$/.test(token);

function unexpected(token: string): GraphqlSyntaxError {
  return new GraphqlSyntaxError(
    `Syntax Error: Unexpected ${token === '' ? '<EOF>' : JSON.stringify(token)}.`,
  );
}

function readTokens(source: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < source.length) {
    tokenPattern.lastIndex = at;
    const found = tokenPattern.exec(source);
    if (found === null) throw unexpected(source.charAt(at));
    if (found[1] !== undefined) tokens.push(found[1]);
    at = tokenPattern.lastIndex;
  }
  return tokens;
}

function end(reader: TokenReader, operation: Operation): Operation {
  if (reader.peek() !== '') throw unexpected(reader.peek());
  return operation;
}

function readVariables(reader: TokenReader): Map<string, string> {
  const variables = new Map<string, string>();
  reader.take('(');
  while (reader.peek() !== ')') {
    reader.take('$');
    const name = reader.name();
    reader.take(':');
    variables.set(name, readType(reader));
  }
  reader.take(')');
  return variables;
}

function readType(reader: TokenReader): string {
  let type: string;
  if (reader.peek() === '[') {
    reader.take('[');
    type = `[${readType(reader)}]`;
    reader.take(']');
  } else {
    type = reader.name();
  }
  if (reader.peek() !== '!') return type;
  reader.take('!');
  return `${type}!`;
}

function readFields(reader: TokenReader): Field[] {
  const fields: Field[] = [];
  reader.take('{');
  do {
    fields.push(readField(reader));
  } while (reader.peek() !== '}');
  reader.take('}');
  return fields;
}

function readField(reader: TokenReader): Field {
  const first = reader.name();
  if (reader.peek() === ':') reader.take(':');
  else return { name: first, alias: first, ...readRest(reader) };
  return { name: reader.name(), alias: first, ...readRest(reader) };
}

function readRest(reader: TokenReader): Pick<Field, 'arguments' | 'fields'> {
  const values = new Map<string, Argument>();
  if (reader.peek() === '(') {
    reader.take('(');
    do {
      const name = reader.name();
      reader.take(':');
      values.set(name, readArgument(reader));
    } while (reader.peek() !== ')');
    reader.take(')');
  }
  return { arguments: values, fields: reader.peek() === '{' ? readFields(reader) : undefined };
}

function readArgument(reader: TokenReader): Argument {
  if (reader.peek() !== '$') return { literal: readLiteral(reader) };
  reader.take('$');
  return { variable: reader.name() };
}

function readLiteral(reader: TokenReader): unknown {
  const token = reader.next();
  if (token === '[') {
    const list: unknown[] = [];
    while (reader.peek() !== ']') list.push(readLiteral(reader));
    reader.take(']');
    return list;
  }
  if (token === '{') {
    const fields: Record<string, unknown> = {};
    while (reader.peek() !== '}') {
      const name = reader.name();
      reader.take(':');
      fields[name] = readLiteral(reader);
    }
    reader.take('}');
    return fields;
  }
  // A word that is neither true, false nor null is a member of an enumeration.
  if (isName(token)) return /^(true|false|null)$/.test(token) ? JSON.parse(token) : token;
  if (!/^["\d-]/.test(token)) throw unexpected(token);
  return JSON.parse(token) as unknown;
}
