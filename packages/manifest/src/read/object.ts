import { type EntryNode, itemPath, keyPath, type ManifestNode, type TreeBuilder } from './node.ts';

/** Takes a manifest that code has put together. What JSON cannot hold is a finding; keys with `undefined` are absent. */
export function readObject(value: unknown, path: string, depth: number, builder: TreeBuilder): ManifestNode {
  builder.depth(depth, path, 0);
  const spot = builder.spot(0);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => readObject(item, itemPath(path, index), depth + 1, builder));
    return { kind: 'list', spot, items };
  }
  if (isPlain(value)) return { kind: 'object', spot, entries: readEntries(value, path, depth, builder) };
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return { kind: 'scalar', spot, value };
  builder.syntax('This is not a value that a manifest can hold: JSON has none like it.', path, 0);
  return { kind: 'scalar', spot, value: null };
}

function readEntries(value: object, path: string, depth: number, builder: TreeBuilder): ReadonlyMap<string, EntryNode> {
  const entries = new Map<string, EntryNode>();
  for (const [key, child] of Object.entries(value) as [string, unknown][]) {
    if (child === undefined) continue;
    const spot = builder.spot(0);
    builder.add(entries, { key, spot, value: readObject(child, keyPath(path, key), depth + 1, builder) }, path);
  }
  return entries;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's, a vm's) has another Object.prototype, which has no prototype either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
