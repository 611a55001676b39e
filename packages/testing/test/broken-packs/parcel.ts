import {
  defineMessagePack,
  type MessageError,
  type MessagePackDefinition,
  type MessageType,
  MessageError as Refusal,
} from '@waybill/contract';
import type { ConstrainedField } from '../../src/pack/constraints/field.ts';
import { place } from './sound.ts';

// A pack of one XML message that is as strict as its table of fields, by code of its own.

/** What a pack may get wrong. */
export type Slip = 'length' | 'count' | 'order' | 'constant' | 'stranger' | 'missing' | 'place';

const text = (max?: number): ConstrainedField['holds'] => ({
  kind: 'text',
  rules: [{ facets: { kind: 'text', min: 1, max, trims: false } }],
});
const digits = { kind: 'text', rules: [{ facets: { kind: 'number', digits: 4, scale: 0 } }] } as const;

export const parcelFields: readonly ConstrainedField[] = [
  { path: '@kind', occurs: '1', type: 'a | b', holds: { kind: 'text', rules: [{ facets: { kind: 'words', words: ['a', 'b'] } }] } },
  { path: 'Version', occurs: '1', type: 'always 1.0', holds: { kind: 'fixed', text: '1.0' } },
  { path: 'Number', occurs: '1', type: 'text, not empty, at most 8 characters', holds: text(8) },
  { path: 'Line', occurs: '1..2', type: 'elements', holds: { kind: 'fields' } },
  { path: 'Line/Sku', occurs: '1', type: 'text, not empty', holds: text() },
  { path: 'Line/Count', occurs: '1', type: 'whole number, at most 4 digits', holds: digits },
  { path: 'Note', occurs: '0..1', type: 'text' },
];

const parcel: MessageType = {
  name: 'Suite_Parcel',
  version: '1.0',
  direction: 'in',
  summary: 'Tells of a parcel.',
  commands: [place],
  fields: () => parcelFields,
  sample: () =>
    '<Suite_Parcel kind="a"><Version>1.0</Version><Number>12007</Number><Line><Sku>LAMP</Sku><Count>2</Count></Line></Suite_Parcel>',
};

/** A message pack that slips in these ways. */
export function parcelPack(name: string, slips: readonly Slip[] = []): MessagePackDefinition {
  return defineMessagePack({
    name,
    summary: 'Messages about parcels, for the tests of the suite.',
    messages: [parcel],
    recognise: ({ body }) => (Buffer.from(body).toString().startsWith('<Suite_Parcel') ? parcel : undefined),
    read: (_, { body }) => ({ command: place.name, input: new Reading(slips).read(Buffer.from(body).toString()) }),
    compose: () => {
      throw new Refusal('WB_SUITE_PACK_NO_PARCEL', 'Parcels are not composed.');
    },
  });
}

interface Element {
  readonly name: string;
  readonly attributes: string;
  readonly inner: string;
}

class Reading {
  readonly #slips: readonly Slip[];

  constructor(slips: readonly Slip[]) {
    this.#slips = slips;
  }

  read(document: string): object {
    const [root, more] = elementsIn(document);
    if (root?.name !== 'Suite_Parcel' || more !== undefined)
      throw new Refusal('WB_SUITE_PACK_UNREADABLE', 'It is no parcel.', { hint: 'Send a parcel.' });
    const kind = /^ kind="([^"]*)"/.exec(root.attributes)?.[1];
    if (kind === undefined) this.#refuse('missing', '@kind');
    else if (!/^[ab]$/.test(kind)) throw this.#error('@kind');
    this.#inside(root, '', parcelFields, ['kind']);
    return { number: '1' };
  }

  #inside({ attributes, inner }: Element, path: string, fields: readonly ConstrainedField[], known: readonly string[] = []): void {
    for (const [, name = ''] of attributes.matchAll(/ ([\w-]+)="/g)) if (!known.includes(name)) this.#refuse('stranger', `${path}@${name}`);
    const children = elementsIn(inner);
    if (inner.replaceAll(/<(\w[\w-]*)[^>]*>[^]*?<\/\1>/g, '') !== '') this.#refuse('stranger', path);
    const here = fields.filter((field) => parentOf(field.path) === path && !field.path.includes('@'));
    const order = here.map((field) => field.path.slice(field.path.lastIndexOf('/') + 1));
    let last = 0;
    for (const child of children) {
      const at = below(path, child.name);
      const index = order.indexOf(child.name);
      if (index < 0) this.#refuse('stranger', at);
      if (index >= 0 && index < last) this.#refuse('order', at);
      last = Math.max(last, index);
      const field = here[index];
      if (field !== undefined) this.#field(child, field, fields);
    }
    for (const [index, { path: at, occurs }] of here.entries()) {
      const count = children.filter(({ name }) => name === order[index]).length;
      if (count < Number(occurs[0])) this.#refuse('missing', at);
      if (count > Number(occurs.at(-1))) this.#refuse('count', at);
    }
  }

  #field(element: Element, { path, holds }: ConstrainedField, fields: readonly ConstrainedField[]): void {
    if (holds?.kind === 'fields') return this.#inside(element, path, fields);
    const { inner, attributes } = element;
    if (attributes !== '') this.#refuse('stranger', `${path}@suite-unknown`);
    if (inner.includes('<')) return this.#refuse('stranger', path);
    if (holds?.kind === 'fixed' && inner !== holds.text) this.#refuse('constant', path);
    if (path === 'Line/Count' && !/^[0-9]{1,4}$/.test(inner)) throw this.#error(path);
    if (path !== 'Note' && inner === '') throw this.#error(path);
    if (path === 'Number' && inner.length > 8) this.#refuse('length', path);
  }

  #refuse(slip: Slip, path: string): void {
    if (!this.#slips.includes(slip)) throw this.#error(path);
  }

  #error(path: string): MessageError {
    const told = this.#slips.includes('place') ? parentOf(path) : path;
    const at = told.startsWith('@') ? `Suite_Parcel${told}` : told === '' ? 'Suite_Parcel' : `Suite_Parcel/${told}`;
    return new Refusal('WB_SUITE_PACK_WRONG', 'The parcel is not right.', { at });
  }
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);
const parentOf = (path: string): string => path.replace(/(?:^|\/|@)[^/@]*$/, '');

function elementsIn(text: string): readonly Element[] {
  return [...text.matchAll(/<(\w[\w-]*)([^>]*)>([^]*?)<\/\1>/g)].map(([, name = '', attributes = '', inner = '']) => ({
    name,
    attributes,
    inner,
  }));
}
