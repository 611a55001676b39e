import { type ComposeContext, type Draft, defineMessagePack, type MessageTypeRef } from '@waybill/contract';
import { bindingOf, bindings } from './catalogue.ts';
import { options, readingOptions } from './options.ts';
import { recognise } from './recognise.ts';
import { replyTo } from './reply.ts';

export { errors } from './errors.ts';

export default defineMessagePack({
  name: 'fulfillment',
  summary: 'The XML messages of back-end and fulfillment integration.',
  messages: bindings.map(({ type }) => type),
  options,
  recognise,
  read: (type, { body }, chosen) => bindingOf(type).read(body, readingOptions(chosen)),
  compose: draft,
  reply: (type, outcome, context) => {
    const reply = replyTo(bindingOf(type), outcome, context);
    return reply && draft(reply.type, reply.data, context);
  },
});

function draft(type: MessageTypeRef, data: unknown, context: ComposeContext): Draft {
  return { body: bindingOf(type).write(data, context), contentType: 'application/xml; charset=utf-8', type: type.name };
}
