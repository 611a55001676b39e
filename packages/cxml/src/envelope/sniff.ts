import type { CxmlKind } from './definition.ts';

/** As much as is looked at: a header with many credentials and a long comment fit into it. */
const most = 65_536;

/** What a document is by its beginning. A bare answer has the type `Response`. */
export interface SniffedDocument {
  readonly kind: CxmlKind;
  readonly type: string;
}

const tag = /<(?:!--|!\[CDATA\[|\?|!|(\/)?([A-Za-z_][\w.:-]*))/g;
const kinds: Readonly<Record<string, CxmlKind>> = { Request: 'request', Message: 'message', Response: 'response' };

/**
 * Tells what a document is, from its beginning and without reading it. Undefined where it is no cXML. Never throws; that it answers does not mean that the
 * document is sound.
 */
export function sniffDocument(text: string): SniffedDocument | undefined {
  const plain = plainRequest(text);
  if (plain !== undefined) return { kind: 'request', type: plain };
  const names = startTags(text.length > most ? text.slice(0, most) : text);
  const { value: root } = names.next();
  if (root !== 'cXML' && root !== 'cxml') return undefined;
  let kind: CxmlKind | undefined;
  for (const name of names) {
    if (kind !== undefined && name !== 'Status') return { kind, type: name };
    kind ??= Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  }
  return kind === 'response' ? { kind, type: 'Response' } : undefined;
}

const requested = /<Request(?:\s[^<>]*)?>\s*<([A-Za-z_][\w.-]*)/y;

/** The type of a request that is written in the usual way, in a fraction of the time. Undefined where it takes a closer look. */
function plainRequest(text: string): string | undefined {
  const root = text.indexOf('<cXML');
  const at = text.indexOf('<Request', root);
  if (root < 0 || at < 0 || at > most || text.lastIndexOf('<!--', at) >= 0 || text.lastIndexOf('<![', at) >= 0) return undefined;
  requested.lastIndex = at;
  return requested.exec(text)?.[1];
}

/** The names of start tags in their order. What is in comments, instructions and CDATA is none. */
function* startTags(text: string): Generator<string, undefined> {
  const found = new RegExp(tag);
  for (let match = found.exec(text); match !== null; match = found.exec(text)) {
    const [mark, end, name] = match;
    if (name !== undefined) {
      if (end === undefined) yield name;
      continue;
    }
    const behind = endOf(text, mark, found.lastIndex);
    if (behind < 0) return undefined;
    found.lastIndex = behind;
  }
  return undefined;
}

const ends: Readonly<Record<string, string>> = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>', '<!': '>' };

function endOf(text: string, mark: string, from: number): number {
  const end = ends[mark] as string;
  const at = text.indexOf(end, from);
  return at < 0 ? -1 : at + end.length;
}
