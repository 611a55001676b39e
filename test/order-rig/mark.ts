import { defineCommand, defineEvent, defineMessagePack, Type } from '@waybill/contract';

/** One message of the rig: number `number` of the object `key`, and how its handler treats it. */
export interface Mark {
  readonly key: string;
  readonly number: number;
  /** 'retry': its first two attempts fail; 'park': it is refused once. */
  readonly fails?: 'retry' | 'park';
}

const place = { key: Type.String(), number: Type.Integer() };

export const putMark = defineCommand({
  name: 'mark.put',
  summary: 'Puts the next mark on an object.',
  input: Type.Object({ ...place, fails: Type.Optional(Type.String()) }, { additionalProperties: false }),
  orderKey: ({ key }) => key,
});

/** Tells a destination of a mark, where the rig has one. */
export const markSet = defineEvent({
  name: 'mark.set',
  summary: 'A mark was put on an object.',
  data: Type.Object(place, { additionalProperties: false }),
  orderKey: ({ key }) => key,
});

/** Marks as JSON. */
export const markPack = defineMessagePack({
  name: 'marks',
  summary: 'Marks as JSON.',
  messages: [
    { name: 'Mark', version: '1', direction: 'in', summary: 'A mark.', commands: [putMark] },
    { name: 'Marked', version: '1', direction: 'out', summary: 'A mark was put.', event: markSet },
  ],
  recognise: ({ body }) => (body[0] === 123 ? { name: 'Mark', version: '1' } : undefined),
  read: (_, { body }) => ({ command: 'mark.put', input: JSON.parse(new TextDecoder().decode(body)) as unknown }),
  compose: ({ name }, data) => ({ type: name, body: JSON.stringify(data), contentType: 'application/json' }),
});

export function idOf({ key, number }: Mark): string {
  return `${key}-${number}`;
}

/** `keys` objects with `perKey` marks each, mixed; of each two hundred, three fail twice, and two are refused at first, where some are to be parked. */
export function marks(keys: number, perKey: number, { parks }: { readonly parks: boolean }): readonly Mark[] {
  const all: Mark[] = [];
  for (let number = 0; number < perKey; number++) {
    for (let key = 0; key < keys; key++) {
      const place = all.length % 200;
      const fails = place % 100 === 50 || place === 3 ? 'retry' : parks && (place === 99 || place === 5) ? 'park' : undefined;
      all.push({ key: `k${key}`, number, ...(fails ? { fails } : {}) });
    }
  }
  return all;
}
