import { defineEvent, defineMessagePack, MessageError, type MessagePackSpec, Type } from '@waybill/contract';
import type { KnownType } from '../src/packs/registry.ts';

export const written = defineEvent({ name: 'letter.written', summary: 'A letter was written.', data: Type.Unknown() });

/** A pack whose letters hold a password behind `key=`; `judge` does what the answer says. */
export function lettersPack(more: Partial<MessagePackSpec> = {}) {
  return defineMessagePack({
    name: 'letters',
    summary: 'Letters.',
    messages: [
      { name: 'Letter', version: '1', direction: 'in', summary: 'A letter.' },
      { name: 'Sent', version: '1', direction: 'out', summary: 'A letter.', event: written },
    ],
    recognise: () => undefined,
    read: () => ({ command: 'letter.read', input: {} }),
    compose: () => ({ body: '', contentType: 'text/plain', type: 'Sent' }),
    conceal: ({ body }) => {
      const shown = textOf(body).replace(/key=\w+/g, 'key=***');
      return shown === textOf(body) ? undefined : Buffer.from(shown);
    },
    complete: (_, { body }, options) => Buffer.from(`${textOf(body)} ${String(options['key'])}`),
    judge: (_, { body }) => {
      const outcome = textOf(body);
      if (outcome === 'defect') throw new TypeError('a defect');
      if (outcome === 'sent') return { outcome, detail: 'read' };
      const error = new MessageError('WB_TEST_JUDGED', 'Judged.', { kind: 'conflict' });
      return outcome === 'refused' || outcome === 'not-sent' ? { outcome, error } : undefined;
    },
    replyToUnknown: () => ({ body: 'what?', contentType: 'text/plain', type: 'Sent' }),
    ...more,
  });
}

export function knownOf(pack: ReturnType<typeof lettersPack>, name = 'Sent'): KnownType {
  const type = pack.messages.find((one) => one.name === name);
  if (!type) throw new Error(`there is no ${name}`);
  return { name: `${name}@1`, type, pack };
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString();
}
