import type { AnyTextType } from '@waybill/values';
import type { Given } from './filling.ts';
import type { Schema, Shape } from './shape.ts';

/** Why a field cannot take what a node gives it: completes "The field … ". Undefined: it can. */
export function objectionTo(given: Given, shape: Shape, schema: Schema): string | undefined {
  switch (given.kind) {
    case 'text':
      if (given.list) return takes(shape, 'array') ? undefined : `takes ${wanted(shape)}, and a list of them stands here`;
      return objectionToText(given.as, shape, schema);
    case 'true':
      return takes(shape, 'boolean') ? undefined : `takes ${wanted(shape)}, and a mark gives true`;
    case 'record':
      return takes(shape, 'object') && (shape.isRecord || shape.fields.size === 0) ? undefined : `is no record of texts, as user data are`;
    case 'object':
      if (given.list) return takes(shape, 'array') ? undefined : `takes ${wanted(shape)}, not a list of objects`;
      return takes(shape, 'object') ? undefined : `takes ${wanted(shape)}, not an object`;
    case 'fixed':
      return objectionToFixed(given.is, shape);
    case 'converted':
    case 'tree':
      return undefined;
    case 'made':
      return takes(shape, 'string') ? undefined : `takes ${wanted(shape)}, not a text`;
  }
}

function objectionToFixed(is: unknown, shape: Shape): string | undefined {
  const kind = typeof is;
  if (!takes(shape, kind)) return `takes ${wanted(shape)}, not a ${kind === 'string' ? 'text' : kind}`;
  return shape.words === undefined || shape.words.includes(String(is)) ? undefined : `is one of ${shape.words.join(', ')}`;
}

function objectionToText(as: AnyTextType, shape: Shape, schema: Schema): string | undefined {
  const { facets } = as;
  const gives = facets.kind === 'flag' ? 'boolean' : 'string';
  if (!takes(shape, gives)) return `takes ${wanted(shape)}, and the text gives ${gives === 'boolean' ? 'true or false' : 'a text'}`;
  const { words } = shape;
  const strange = facets.kind === 'words' && words ? facets.words.filter((word) => !words.includes(word)) : [];
  if (strange.length > 0) return `does not take ${strange.join(', ')}; it takes ${words?.join(', ')}`;
  if (facets.kind !== 'words' && words && gives === 'string') return `takes one of ${words.join(', ')}: write \`code(${words.join(' ')})\``;
  const sample: unknown = as.makeUp(() => 0);
  return typeof sample === 'string' ? objectionToSample(sample, schema) : undefined;
}

/** The schema may ask for a form that the type of text has not. */
function objectionToSample(sample: string, { pattern }: Schema): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  return new RegExp(pattern, 'u').test(sample) ? undefined : `takes texts of another form than, for example, "${sample}"`;
}

/** What a field may hold and a node cannot write: completes "The field … ". */
export function objectionToWriting(given: Given, shape: Shape): string | undefined {
  if (given.kind !== 'text' || given.list) return undefined;
  const { facets } = given.as;
  if (facets.kind === 'words') {
    const { words } = facets;
    const strange = shape.words?.filter((word) => !words.includes(word));
    if (strange === undefined) return `may hold any text, and the message writes ${words.join(', ')} only`;
    return strange.length === 0 ? undefined : `may hold ${strange.join(', ')}, which the message does not write`;
  }
  if (facets.kind !== 'text') return undefined;
  const { max = Number.POSITIVE_INFINITY, min = 0 } = facets;
  const longest = shape.words === undefined ? shape.maxLength : Math.max(...shape.words.map(({ length }) => length));
  if (longest > max)
    return `may hold ${longest === Number.POSITIVE_INFINITY ? 'a text of any length' : `${longest} characters`}, and the message writes at most ${max}`;
  return shape.words === undefined && shape.minLength < min
    ? `may hold ${shape.minLength === 0 ? 'an empty text' : `${shape.minLength} characters`}, and the message writes at least ${min}`
    : undefined;
}

function takes({ kinds }: Shape, kind: string): boolean {
  return kinds.size === 0 || kinds.has(kind);
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function wanted({ kinds }: Shape): string {
  return [...kinds].map((kind) => words[kind] ?? kind).join(' or ');
}
