import type { BusinessKeys } from '@waybill/contract';
import { didYouMean, type ManifestNode } from '@waybill/manifest';
import { type Schema, shapeOf } from '@waybill/mapping';
import { type Problems, under } from './problems.ts';

/** A key of a message: what a value says about whose or which it is. */
export type KeyOf = (value: unknown) => string | undefined;

/** `orderId`, `[orderId, merchantOrderNumber]` for the first that is there, `{ same: "items[].storeId" }` where all have to agree. */
export function keyOf(node: ManifestNode, what: string, schema: Schema | undefined, problems: Problems): KeyOf | undefined {
  if (node.kind === 'object') {
    problems.keys(node, what, ['same']);
    const same = under(node, 'same');
    const path = same && pathOf(same, what, schema, problems);
    return path && ((value) => agreed(textsAt(value, path)));
  }
  const nodes = node.kind === 'list' ? node.items : [node];
  const paths = nodes.map((each) => pathOf(each, what, schema, problems)).filter((path) => path !== undefined);
  if (paths.length !== nodes.length) return undefined;
  return (value) => paths.map((path) => textsAt(value, path)[0]).find((text) => text !== undefined);
}

/** Several keys by name, for people who look for a message. */
export function businessKeysOf(node: ManifestNode, schema: Schema, problems: Problems): ((value: unknown) => BusinessKeys) | undefined {
  const object = problems.object(node, '"business"');
  if (object === undefined) return undefined;
  const keys = [...object.entries.values()].flatMap(({ key, value }) => {
    const of = keyOf(value, `The key "${key}"`, schema, problems);
    return of === undefined ? [] : [[key, of] as const];
  });
  return (value) => Object.fromEntries(keys.flatMap(([key, of]) => (of(value) === undefined ? [] : [[key, of(value) as string]])));
}

interface Step {
  readonly key: string;
  readonly list: boolean;
}

/** `items[].storeId`, whose fields exist. */
function pathOf(node: ManifestNode, what: string, schema: Schema | undefined, problems: Problems): readonly Step[] | undefined {
  const written = problems.text(node, what);
  if (written === undefined) return undefined;
  const steps = written.split('.').map((step): Step => ({ key: step.replace(/\[\]$/, ''), list: step.endsWith('[]') }));
  let found = schema;
  for (const { key, list } of steps) {
    const { fields } = shapeOf(found ?? {});
    if (fields.size === 0) return steps;
    const next = fields.get(key);
    if (next === undefined) {
      const near = didYouMean(key, fields.keys());
      const hint = near === undefined ? `Its fields are ${[...fields.keys()].join(', ')}.` : `Did you mean "${near}"?`;
      return problems.find('WB_MESSAGE_FILE_UNKNOWN_FIELD', `${what} names ${written}, and there is no field ${key}.`, node, hint);
    }
    found = list ? shapeOf(next).entries : next;
  }
  return steps;
}

function textsAt(value: unknown, steps: readonly Step[]): readonly (string | undefined)[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [typeof value === 'string' && value !== '' ? value : undefined];
  const inner = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step.key] : undefined;
  if (!step.list) return textsAt(inner, rest);
  return Array.isArray(inner) ? inner.flatMap((each: unknown) => textsAt(each, rest)) : [];
}

/** Only if all agree: a message about several belongs to none of them. */
function agreed(texts: readonly (string | undefined)[]): string | undefined {
  const [first] = texts;
  return texts.every((text) => text === first) ? first : undefined;
}
