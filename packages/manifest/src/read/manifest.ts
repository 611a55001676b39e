import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Finding } from '../problem.ts';
import { nameless, readText, type Unreadable } from './file-text.ts';
import { readJson } from './json.ts';
import { locator, type ManifestNode, TooMuch, TreeBuilder } from './node.ts';
import { readObject } from './object.ts';
import { readYaml } from './yaml.ts';

/** A manifest as it was read: every value with its place, nothing checked yet. */
export interface ManifestSource {
  /** Absolute path, or the word `manifest` for one that was given as an object. */
  readonly file: string;
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly format: 'json' | 'yaml' | 'object';
  /** Undefined when the text could not be read; `findings` then says why. */
  readonly root: ManifestNode | undefined;
  readonly findings: readonly Finding[];
}

const nowhere = { order: 0 };

const smallest = 'The smallest one is { "plugins": ["@waybill/journal-sqlite"], "journal": { "use": "sqlite" } }.';

/**
 * Reads a manifest: a path that ends in `.json` or `.jsonc` (comments and trailing commas allowed) or in `.yaml` or
 * `.yml`, or an object. Never throws for what is in it: what is wrong is in `findings`, and `checkManifest` reports it.
 * `folder` is the folder of a manifest that is given as an object, by default the current one.
 */
export function readManifest(source: string | object, options: { readonly folder?: string | undefined } = {}): ManifestSource {
  if (typeof source !== 'string') {
    const folder = resolve(options.folder ?? '.');
    return {
      file: 'manifest',
      folder,
      format: 'object',
      ...build(new TreeBuilder(() => undefined), (tree) => readObject(source, '', 0, tree)),
    };
  }
  const file = resolve(source);
  const format = formatOf(file);
  const place = { file, folder: dirname(file), format: format ?? 'json' };
  const read = format === undefined && !isFolder(file) ? nameless : readText(file);
  if ('why' in read) return { ...place, root: undefined, findings: [unreadable(source, read)] };
  return { ...place, ...build(new TreeBuilder(locator(read.text)), (tree) => parse(read.text, place.format, tree)) };
}

function parse(text: string, format: 'json' | 'yaml', tree: TreeBuilder): ManifestNode | undefined {
  const root = text.trim() === '' ? undefined : format === 'json' ? readJson(text, tree) : readYaml(text, tree);
  if (root === undefined && tree.findings.length === 0) tree.syntax('The manifest is empty.', '', 0, smallest);
  return root;
}

function formatOf(file: string): 'json' | 'yaml' | undefined {
  const ending = extname(file).toLowerCase();
  if (ending === '.json' || ending === '.jsonc') return 'json';
  return ending === '.yaml' || ending === '.yml' ? 'yaml' : undefined;
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function unreadable(source: string, { why, hint }: Unreadable): Finding {
  return { code: 'WB_MANIFEST_UNREADABLE', message: `The manifest ${source} cannot be read: ${why}.`, path: '', spot: nowhere, hint };
}

function build(
  tree: TreeBuilder,
  read: (tree: TreeBuilder) => ManifestNode | undefined,
): { readonly root: ManifestNode | undefined; readonly findings: readonly Finding[] } {
  try {
    const root = read(tree);
    return { root, findings: tree.findings };
  } catch (error) {
    if (error instanceof TooMuch) return { root: undefined, findings: [...tree.findings, error.finding] };
    // The parsers recurse; nothing else in them overflows the stack.
    if (!(error instanceof RangeError)) throw error;
    const message = 'The manifest is nested too deeply to be read.';
    return { root: undefined, findings: [{ code: 'WB_MANIFEST_SYNTAX', message, path: '', spot: nowhere }] };
  }
}
