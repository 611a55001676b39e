import type { TSchema } from '@waybill/contract';
import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { fillingOf, type Node } from '@waybill/mapping';
import { placeOf } from '../notation/field-spec.ts';
import { type KeyOf, keyOf } from '../notation/keys.ts';
import { type Problems, under } from '../notation/problems.ts';
import type { Declared, Fixed, LeavesOut } from './declared.ts';

const shared = [
  'message',
  'version',
  'summary',
  'format',
  'frame',
  'root',
  'doctype',
  'credentials',
  'set',
  'keys',
  'unmapped',
  'leaves out',
  'body',
] as const;
export const answerKeys: readonly string[] = [...shared, 'command'];
export const messageKeys: readonly string[] = [...answerKeys, 'event', 'reply', 'error reply'];

export function textIn(object: ObjectNode, key: string, problems: Problems): string | undefined {
  const node = under(object, key);
  return node && problems.text(node, `"${key}"`);
}

/** `set: { channel: web }`: values that the message has by its kind. */
export function fixedIn(object: ObjectNode, problems: Problems): readonly Fixed[] {
  const node = under(object, 'set');
  const fields = node && problems.object(node, '"set"');
  return [...(fields?.entries.values() ?? [])].flatMap((entry) => {
    const place = placeOf(entry.key, entry, problems);
    const is = valueOf(entry.value, problems);
    return place === undefined || is === undefined ? [] : [{ path: place.to, is }];
  });
}

function valueOf(node: ManifestNode, problems: Problems): string | boolean | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  return problems.text(node, 'A value that is set (or true, or false)');
}

/** `leaves out: [customer.email, "items[].comment"]`, or `leaves out: rest`. */
export function leavesOutIn(object: ObjectNode, isError: boolean, problems: Problems): LeavesOut {
  const node = under(object, 'leaves out');
  // An error reply has what the far side knows of errors, and nobody asks for more.
  if (node === undefined) return isError ? 'rest' : [];
  if (node.kind !== 'scalar') return problems.texts(node, '"leaves out"');
  if (node.value === 'rest') return 'rest';
  problems.notation('"leaves out" is a list of fields, or the word rest.', node);
  return [];
}

/** `keys: { store: storeId }`. */
export function storeIn(object: ObjectNode, checked: readonly { readonly schema: TSchema }[], problems: Problems): KeyOf | undefined {
  const node = under(object, 'keys');
  const keys = node && problems.object(node, '"keys"');
  if (keys === undefined) return undefined;
  const order = under(keys, 'order');
  if (order !== undefined)
    problems.notation(
      'The order key of a message is that of its command, whatever format it came in.',
      order,
      'Say it under "keys" of the command, where the file declares it.',
    );
  else problems.keys(keys, '"keys" of a message', ['store']);
  const store = under(keys, 'store');
  return store && keyOf(store, 'The store', checked[0]?.schema as never, problems);
}

/** `unmapped: refuse`, `ignore` or `pass`: into the user data of the message. */
export function unmappedIn(object: ObjectNode, nodes: readonly Node[], direction: 'in' | 'out', problems: Problems): Declared['unmapped'] {
  const node = under(object, 'unmapped');
  const word = node && problems.text(node, '"unmapped"');
  if (node === undefined || word === undefined || word === 'refuse') return 'refuse';
  if (direction === 'out')
    problems.notation('Only messages that come in have something unmapped; what is not sent is under "leaves out".', node);
  else if (word === 'ignore') return 'ignore';
  else if (word === 'pass') {
    const record = userDataOf(nodes);
    if (record !== undefined) return { into: record };
    problems.notation(
      '"unmapped: pass" puts what is unmapped into the user data, and the message has none.',
      node,
      'Map a node with "user data" at the top of the input, or write unmapped: ignore.',
    );
  } else problems.notation(`"unmapped" is refuse, ignore or pass, not "${word}".`, node);
  return 'refuse';
}

/** Where the user data of a message are kept, where it has some. */
export function userDataOf(nodes: readonly Node[]): readonly string[] | undefined {
  return fillingOf(nodes).filled.find(({ given }) => given.kind === 'record')?.path;
}
