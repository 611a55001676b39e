import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Finding } from '../problem.ts';
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

const largest = 4 * 1024 ** 2;
const nowhere = { order: 0 };

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
  const text = format === undefined ? `it is neither JSON nor YAML by its name` : readText(file);
  if (typeof text === 'string') return { ...place, root: undefined, findings: [unreadable(source, text)] };
  return { ...place, ...build(new TreeBuilder(locator(text.text)), (tree) => parse(text.text, place.format, tree)) };
}

function parse(text: string, format: 'json' | 'yaml', tree: TreeBuilder): ManifestNode | undefined {
  const root = text.trim() === '' ? undefined : format === 'json' ? readJson(text, tree) : readYaml(text, tree);
  if (root === undefined && tree.findings.length === 0) tree.syntax('The manifest is empty.', '', 0);
  return root;
}

function formatOf(file: string): 'json' | 'yaml' | undefined {
  const ending = extname(file).toLowerCase();
  if (ending === '.json' || ending === '.jsonc') return 'json';
  return ending === '.yaml' || ending === '.yml' ? 'yaml' : undefined;
}

/** The text without its byte order mark, or why there is none. */
function readText(file: string): { readonly text: string } | string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > largest) return 'it is larger than 4 MB';
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return 'it is not UTF-8 text';
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : `the system says ${code}`;
  }
}

function unreadable(source: string, why: string): Finding {
  return {
    code: 'WB_MANIFEST_UNREADABLE',
    message: `The manifest ${source} cannot be read: ${why}.`,
    path: '',
    spot: nowhere,
    hint: 'A manifest is a file such as waybill.json, waybill.jsonc, waybill.yaml or waybill.yml.',
  };
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
