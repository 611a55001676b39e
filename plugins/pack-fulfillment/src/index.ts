import { defineMessagePack } from '@waybill/contract';
import { bindings, compose, read, recognise } from './catalogue.ts';
import { options, writing } from './options.ts';
import { reply } from './replying/reply.ts';

export { errors } from './errors.ts';

export default defineMessagePack({
  name: 'fulfillment',
  summary: 'The XML messages of back-end and fulfillment integration.',
  messages: bindings.map(({ type }) => type),
  options,
  writing,
  recognise,
  read,
  compose,
  reply,
});
