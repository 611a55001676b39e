import type { Document, Node, Pair, YAMLMap, YAMLParseError, YAMLWarning } from 'yaml';
import { libraries } from '../libraries.ts';
import { type EntryNode, itemPath, keyPath, type ManifestNode, type TreeBuilder } from './node.ts';

/** Each alias is looked up in the whole document, so their number is limited, too. */
const mostAliases = 100;

interface Reading {
  readonly yaml: typeof import('yaml');
  readonly document: Document;
  readonly builder: TreeBuilder;
  aliases: number;
}

/** Reads one YAML 1.2 document with the core schema. Tags of other schemas, merge keys and a second document are findings. */
export function readYaml(text: string, builder: TreeBuilder): ManifestNode | undefined {
  const yaml = libraries.yaml();
  const document: Document = yaml.parseDocument(text, {
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    // With 'silent' it would not report a second document.
    logLevel: 'error',
    stringKeys: false,
  });
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) {
    builder.syntax(sentence(first, builder.what), '', first.pos[0]);
    return undefined;
  }
  return document.contents === null ? undefined : convert(document.contents, '', 0, { yaml, document, builder, aliases: 0 });
}

function sentence({ code, message }: YAMLParseError | YAMLWarning, what: string): string {
  if (code === 'MULTIPLE_DOCS') return `A ${what} is one YAML document; a second one starts here.`;
  const [line = message] = message.split('\n');
  return `This is not YAML as a ${what} takes it: ${line.replace(/\.?$/, '.')}`;
}

function convert(node: unknown, path: string, depth: number, reading: Reading): ManifestNode {
  const { builder, yaml } = reading;
  const offset = (node as Node | null)?.range?.[0] ?? 0;
  builder.depth(depth, path, offset);
  if (yaml.isAlias(node)) return convert(resolveAlias(node, path, reading), path, depth + 1, reading);
  const spot = builder.spot(offset);
  if (yaml.isMap(node)) return { kind: 'object', spot, entries: convertPairs(node, path, depth, reading) };
  if (yaml.isSeq(node))
    return { kind: 'list', spot, items: node.items.map((item, index) => convert(item, itemPath(path, index), depth + 1, reading)) };
  const value = yaml.isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return { kind: 'scalar', spot, value: null };
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return { kind: 'scalar', spot, value };
  builder.syntax(`This is not a value that a ${builder.what} can hold.`, path, offset, 'Put it in quotes if a text is meant.');
  return { kind: 'scalar', spot, value: null };
}

function convertPairs(map: YAMLMap, path: string, depth: number, reading: Reading): ReadonlyMap<string, EntryNode> {
  const entries = new Map<string, EntryNode>();
  for (const pair of map.items) {
    const key = readKey(pair, path, map, reading);
    if (key === undefined) continue;
    const spot = reading.builder.spot((pair.key as Node).range?.[0] ?? 0);
    // A key without a value has no node of its own, so it stands where its key stands.
    const value: ManifestNode =
      pair.value === null ? { kind: 'scalar', spot, value: null } : convert(pair.value, keyPath(path, key), depth + 1, reading);
    reading.builder.add(entries, { key, spot, value }, path);
  }
  return entries;
}

function readKey(pair: Pair, path: string, map: YAMLMap, { builder, yaml }: Reading): string | undefined {
  const offset = (pair.key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
  if (!yaml.isScalar(pair.key) || pair.key.value === null) {
    builder.syntax('A key must be a text.', path, offset);
    return undefined;
  }
  // 10151 and 1.0 are texts when they are keys: what counts is what is written.
  const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? JSON.stringify(pair.key.value));
  if (key !== '<<') return key;
  builder.syntax(
    'Merge keys (<<) are not supported.',
    path,
    offset,
    'Use an alias for a whole value (retry: *retry), or write the keys out.',
  );
  return undefined;
}

function resolveAlias(alias: Node, path: string, reading: Reading): unknown {
  if (!reading.yaml.isAlias(alias)) return undefined;
  reading.aliases++;
  const offset = alias.range?.[0] ?? 0;
  if (reading.aliases === mostAliases + 1)
    reading.builder.syntax(`The ${reading.builder.what} uses more than ${mostAliases} aliases.`, path, offset);
  if (reading.aliases > mostAliases) return undefined;
  const meant = alias.resolve(reading.document);
  if (meant === undefined) reading.builder.syntax(`There is no anchor &${alias.source} before this alias.`, path, offset);
  return meant;
}
