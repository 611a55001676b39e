/** One check of a server, such as `dkim=pass header.d=mill.example`. */
export interface Checked {
  /** In lower case: `dkim`, `spf`, `dmarc` … */
  readonly method: string;
  /** In lower case: `pass`, `fail`, `none` … */
  readonly result: string;
  /** By `type.property` in lower case: `header.d`, `smtp.mailfrom`. The first of a name counts. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Results {
  /** The name of the server that checked, in lower case. */
  readonly server: string;
  readonly results: readonly Checked[];
}

/** A quoted string, a comment with others in it, one of `;` and `=`, or a word. */
const tokens = /"((?:\\.|[^"\\])*)"|\((?:\\.|[^()\\]|\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\))*\)|([;=])|([^\s;=()"]+)|(["()])/gs;
/** A longer field no server writes. */
const longest = 50_000;

interface Token {
  readonly text: string;
  readonly mark: boolean;
  /** Nothing stands between it and the one before. */
  readonly glued: boolean;
}

/**
 * The value of Authentication-Results (RFC 8601, 2.2): `server [version] ; method[/version]=result [reason=…] type.property=value … ; …`.
 * Comments and quoted strings may hold anything, `dkim=pass` too. Undefined where it cannot be read: then nothing of it is to be trusted.
 */
export function readResults(value: string): Results | undefined {
  const statements = statementsOf(value);
  const [server, version] = statements?.[0] ?? [];
  if (!statements || server === undefined || server.mark || (statements[0]?.length ?? 0) > 2) return undefined;
  if (version !== undefined && !/^\d+$/.test(version.text)) return undefined;
  const results: Checked[] = [];
  for (const statement of statements.slice(1)) {
    const checked = statement.length === 0 || isNone(statement) ? [] : [checkedIn(statement)];
    if (checked.includes(undefined)) return undefined;
    results.push(...checked.filter((each) => each !== undefined));
  }
  return { server: server.text.toLowerCase(), results };
}

function isNone(statement: readonly Token[]): boolean {
  return statement.length === 1 && statement[0]?.text.toLowerCase() === 'none';
}

function statementsOf(value: string): readonly (readonly Token[])[] | undefined {
  if (value.length > longest) return undefined;
  const statements: Token[][] = [[]];
  let end = 0;
  for (const { 0: all, 1: quoted, 2: mark, 3: word, 4: stray, index } of value.matchAll(tokens)) {
    if (stray !== undefined) return undefined;
    if (mark === ';') statements.push([]);
    else if (!all.startsWith('(')) {
      const text = quoted === undefined ? (mark ?? word ?? '') : quoted.replaceAll(/\\(.)/gs, '$1');
      statements.at(-1)?.push({ text, mark: mark !== undefined, glued: index === end });
    }
    end = index + all.length;
  }
  return statements;
}

function checkedIn(statement: readonly Token[]): Checked | undefined {
  const pairs = pairsIn(statement);
  const [first, ...others] = pairs ?? [];
  if (!first) return undefined;
  const properties = new Map<string, string>();
  for (const [name, value] of others) if (!properties.has(name)) properties.set(name, value);
  return { method: first[0].replace(/\/\d+$/, ''), result: first[1].toLowerCase(), properties };
}

/** `name = value` again and again, and nothing else. A value may hold equals signs, as signatures and bounce addresses do. */
function pairsIn(statement: readonly Token[]): readonly (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < statement.length; ) {
    const [name, equals, value] = statement.slice(at, at + 3);
    if (!name || name.mark || !equals?.mark || !value || value.mark) return undefined;
    let text = value.text;
    for (at += 3; statement[at]?.glued; at++) text += statement[at]?.text ?? '';
    pairs.push([name.text.toLowerCase(), text]);
  }
  return pairs;
}
