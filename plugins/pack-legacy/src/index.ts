import { defineMessagePack, type MessagePackDefinition } from '@waybill/contract';
import { bindings, byProlog, compose, read } from './catalogue.ts';
import { options } from './options.ts';
import { recognise } from './recognise.ts';
import { usual, type Writing } from './writing.ts';

export { truncatedProperty } from './catalogue.ts';
export { errors } from './errors.ts';
export type { Writing } from './writing.ts';

/** The pack, writing as it is told: for a kernel that is given its plugins in code. The default export writes UTF-8 and cuts nothing. */
export function legacyPack(writing: Partial<Writing> = {}): MessagePackDefinition<typeof options> {
  const chosen = { ...usual, ...writing };
  return defineMessagePack({
    name: 'legacy',
    summary: 'The fixed-width messages of older back ends: six types of tagged segments.',
    messages: bindings.map(({ type }) => type),
    options,
    wants: 'bytes',
    recognise: (message) => recognise(message, byProlog),
    read,
    compose: (type, data, context) => compose(type, data, context, chosen),
  });
}

export default legacyPack();
