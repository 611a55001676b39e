import type { Node, ParseError } from 'jsonc-parser';
import { libraries } from '../libraries.ts';
import { type EntryNode, itemPath, keyPath, type ManifestNode, type Scalar, type TreeBuilder } from './node.ts';

/** What jsonc-parser tolerates and merely reports, said in words. */
const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not a JSON value: texts stand in double quotes, other values are numbers, true, false and null.',
  InvalidNumberFormat: 'This is not a number as JSON writes it.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here, between key and value.',
  CommaExpected: 'A comma is expected before this.',
  CloseBraceExpected: 'A closing brace } is missing.',
  CloseBracketExpected: 'A closing bracket ] is missing.',
  EndOfFileExpected: 'The manifest ends before this; nothing may follow its last brace.',
  UnexpectedEndOfComment: 'A comment that starts with /* is not closed.',
  UnexpectedEndOfString: 'A text is not closed: its second double quote is missing in this line.',
  UnexpectedEndOfNumber: 'This number is not complete.',
  InvalidUnicode: 'Four hexadecimal digits are expected after \\u.',
  InvalidEscapeCharacter: 'This is not an escape that JSON knows: write \\\\ for a backslash.',
  InvalidCharacter: 'A control character stands in a text: write it as an escape.',
};

/** Reads JSON with comments and trailing commas. Anything else that is not JSON is a finding. */
export function readJson(text: string, builder: TreeBuilder): ManifestNode | undefined {
  const { parseTree, printParseErrorCode } = libraries.jsoncParser();
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const named = errors.map(({ error, offset }) => ({ name: printParseErrorCode(error), offset }));
  for (const { name, offset } of withoutEchoes(named, text)) builder.syntax(sentences[name] ?? 'This is not JSON.', '', offset);
  if (errors.length > 0) return undefined;
  return tree && convert(tree, '', 0, builder);
}

interface Slip {
  readonly name: string;
  readonly offset: number;
}

/** One mistake makes the tolerant parser report several: only the first one in a line is of use, and few of those. */
function withoutEchoes(slips: readonly Slip[], text: string): readonly Slip[] {
  const [first, ...others] = slips;
  if (first === undefined) return [];
  const unclosed = slips.findIndex(({ name }) => name === 'UnexpectedEndOfString' || name === 'UnexpectedEndOfComment');
  const end = text.trimEnd().length;
  const apart = others.filter(({ offset }, index) => {
    // What is not closed may hold the braces that are missed at the end.
    if (unclosed !== -1 && unclosed <= index && offset >= end) return false;
    return /[\r\n]/.test(text.slice((others[index - 1] ?? first).offset, offset));
  });
  return [first, ...apart].slice(0, 3);
}

function convert(node: Node, path: string, depth: number, builder: TreeBuilder): ManifestNode {
  builder.depth(depth, path, node.offset);
  const spot = builder.spot(node.offset);
  const children = node.children ?? [];
  if (node.type === 'array')
    return { kind: 'list', spot, items: children.map((item, index) => convert(item, itemPath(path, index), depth + 1, builder)) };
  if (node.type !== 'object') return { kind: 'scalar', spot, value: node.value as Scalar };
  const entries = new Map<string, EntryNode>();
  for (const { children: [name, value] = [] } of children) {
    if (name === undefined || value === undefined) continue;
    const key = String(name.value);
    const keySpot = builder.spot(name.offset);
    builder.add(entries, { key, spot: keySpot, value: convert(value, keyPath(path, key), depth + 1, builder) }, path);
  }
  return { kind: 'object', spot, entries };
}
