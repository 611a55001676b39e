import { type JsonSchema, resolveSettings } from '@waybill/contract/host';
import { type Problem, problemsOf } from './problem.ts';
import type { ObjectNode } from './read/node.ts';
import { checkValue } from './values/check-value.ts';
import { checkForeign } from './values/foreign-keywords.ts';
import { asSchema, Checking, plainValue } from './values/setting-schema.ts';

export interface TextSettingsOptions {
  /** What the settings belong to, such as `packs.fulfillment`: problems name it. */
  readonly path: string;
  /** Where they were given, such as `--option`: the `file` of a problem. */
  readonly source: string;
  /** What relative paths start from. */
  readonly folder: string;
}

/**
 * Checks settings that do not stand in a manifest but were given as texts, such as the options of a command, and answers with
 * them as a plugin receives them. A text stands for a number or for true and false where the setting is one, and a key of a
 * nested setting is dotted. Problems are as those of `checkManifest`, without lines.
 */
export function checkTextSettings(
  schema: JsonSchema,
  given: ReadonlyMap<string, string>,
  { path, source, folder }: TextSettingsOptions,
): { readonly settings: Readonly<Record<string, unknown>> } | { readonly problems: readonly Problem[] } {
  const checking = new Checking(false);
  const node = treeOf([...given].map(([key, text]) => [key.split('.'), text]));
  checkValue(asSchema(schema), node, path, node.spot, checking);
  checkForeign(asSchema(schema), plainValue(node, checking.converted), node, path, checking);
  if (checking.findings.length > 0) return { problems: problemsOf(checking.findings, [], source) };
  const values = resolveSettings(schema, plainValue(node, checking.converted), { folder });
  return { settings: values as Readonly<Record<string, unknown>> };
}

function treeOf(settings: readonly (readonly [readonly string[], string])[]): ObjectNode {
  const spot = { order: 0 };
  const entries = Map.groupBy(settings, ([[key = '']]) => key);
  return {
    kind: 'object',
    spot,
    entries: new Map(
      Array.from(entries, ([key, inner]) => {
        const [[whole, text] = [[], '']] = inner;
        const value =
          whole.length > 1
            ? treeOf(inner.map(([[, ...rest], each]) => [rest, each]))
            : { kind: 'scalar' as const, value: text, written: text, spot };
        return [key, { key, spot, value }];
      }),
    ),
  };
}
