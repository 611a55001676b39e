import { defineMessagePack } from '@waybill/contract';
import { bindings, byProlog, compose, read } from './catalogue.ts';
import { options, writing } from './options.ts';
import { recognise } from './recognise.ts';

export { truncatedProperty } from './catalogue.ts';
export { errors } from './errors.ts';

export default defineMessagePack({
  name: 'legacy',
  summary: 'The fixed-width messages of older back ends: six types of tagged segments.',
  messages: bindings.map(({ type }) => type),
  options,
  writing,
  wants: 'bytes',
  recognise: (message) => recognise(message, byProlog),
  read,
  compose,
});
