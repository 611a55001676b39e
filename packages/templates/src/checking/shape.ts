import { unitKeyword } from '@waybill/contract';
import { didYouMean, listKnown } from '../did-you-mean.ts';

/** As much of JSON Schema as tells which names a value has. */
export interface Shape {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly [unitKeyword]?: unknown;
}

/** Of a value of which nothing is known: it may have every name. */
export const anything: Shape = {};

export type Step = string | number | undefined;

/**
 * What stands at a path of names and indexes, undefined for an index that only the event tells. Answers a text that completes
 * "NAME …" where the path leads nowhere.
 */
export function follow(shape: Shape, path: readonly Step[]): Shape | string {
  let here: Shape = shape;
  for (const step of path) {
    const next = stepInto(here, step);
    if (typeof next === 'string') return next;
    here = next;
  }
  return here[unitKeyword] === 'secret' ? 'is secret, and cannot be told to people.' : here;
}

function stepInto(shape: Shape, step: Step): Shape | string {
  if (shape.anyOf) return stepIntoUnion(shape.anyOf, step);
  if (typeof step !== 'string') return shape.items ?? (shape.type === undefined && !shape.properties ? anything : mapped(shape));
  const { properties, patternProperties, items, type } = shape;
  if (properties && Object.hasOwn(properties, step)) return properties[step] ?? anything;
  if (step === 'size') return { type: 'number' };
  if (items && (step === 'first' || step === 'last')) return items;
  const pattern = Object.entries(patternProperties ?? {}).find(([source]) => new RegExp(source, 'u').test(step));
  if (pattern) return pattern[1];
  if (!properties && !patternProperties && !items && (type === undefined || type === 'object')) return anything;
  const known = Object.keys(properties ?? {});
  return `is not known. ${didYouMean(step, known) || listKnown(known) || (items ? 'What it is asked of is a list.' : '')}`.trimEnd();
}

/** `order[name]`: any of its values. */
function mapped({ properties, patternProperties }: Shape): Shape | string {
  const values = [...Object.values(properties ?? {}), ...Object.values(patternProperties ?? {})];
  return values.length > 0 ? { anyOf: values } : 'is asked of what has no parts.';
}

function stepIntoUnion(branches: readonly Shape[], step: Step): Shape | string {
  const found = branches.map((branch) => stepInto(branch, step));
  const right = found.filter((each): each is Shape => typeof each !== 'string');
  return right.length > 0 ? (right.length === 1 ? (right[0] ?? anything) : { anyOf: right }) : (found[0] ?? 'is not known.');
}

/** The shape of a value that is at hand. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? { anyOf: value.map(shapeOf) } : anything };
  if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : typeof value };
  const properties = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
  return { type: 'object', properties };
}
