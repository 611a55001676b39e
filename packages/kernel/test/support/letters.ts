import { defineCommand, defineEvent, defineMessagePack, MessageError, secret, settings, Type } from '@waybill/contract';

/** Letters that hold a password: a pack that conceals it, puts one in when a letter goes out, judges answers, and answers what it does not know. */
export const letterInput = Type.Object({ text: Type.String(), to: Type.Optional(Type.String()) }, { additionalProperties: false });
export const readLetter = defineCommand({ name: 'letter.read', summary: 'Reads a letter.', input: letterInput, output: Type.Object({}) });
export const letterWritten = defineEvent({
  name: 'letter.written',
  summary: 'A letter was written.',
  data: letterInput,
  businessKeys: keysOf,
});
export const letterAsked = defineEvent({
  name: 'letter.asked',
  summary: 'Asks for a letter.',
  data: letterInput,
  reply: letterInput,
  businessKeys: keysOf,
});

function keysOf({ to }: { readonly to?: string | undefined }): Record<string, string> {
  return to === undefined ? {} : { reader: to };
}

/** What must be found nowhere but on the wire. */
export const password = 'open-sesame-4711';

export const lettersPack = defineMessagePack({
  name: 'letters',
  summary: 'Letters as text.',
  writing: settings({ password: Type.Optional(secret({ description: 'What the reader knows us by.' })) }),
  messages: [
    {
      name: 'Letter',
      version: '1',
      direction: 'in',
      summary: 'A letter.',
      commands: [readLetter],
      reply: { name: 'Answer', version: '1' },
    },
    { name: 'Card', version: '1', direction: 'in', summary: 'A letter that nobody answers.', commands: [readLetter] },
    { name: 'Answer', version: '1', direction: 'out', summary: 'The answer.' },
    {
      name: 'Sent',
      version: '1',
      direction: 'out',
      summary: 'A letter of ours.',
      event: letterWritten,
      sample: () => '<Sent><Password></Password><To>x</To><Text>y</Text></Sent>',
    },
    {
      name: 'Ask',
      version: '1',
      direction: 'out',
      summary: 'A question.',
      event: letterAsked,
      reply: { name: 'Answer', version: '1' },
    },
  ],
  recognise: ({ body }) => {
    const [, name] = /<(Letter|Card|Answer|Sent|Ask)>/.exec(textOf(body)) ?? [];
    return name === undefined ? undefined : { name, version: '1' };
  },
  read: (_, { body }) => {
    const [text, to, given] = [partOf(body, 'Text'), partOf(body, 'To'), partOf(body, 'Password')];
    if (text === undefined) throw new MessageError('WB_LETTER_NO_TEXT', 'The letter has no text.', { kind: 'unreadable' });
    const input = to === undefined ? { text } : { text, to };
    return { command: 'letter.read', input, credentials: given === undefined ? undefined : { password: given } };
  },
  compose: ({ name }, data) => {
    const { text, to } = data as { text: string; to?: string };
    const body = `<${name}><Password></Password>${to ? `<To>${to}</To>` : ''}<Text>${text}</Text></${name}>`;
    return { body, contentType: 'text/xml', type: name };
  },
  reply: (_, outcome) => answer(outcome.ok ? 'read' : outcome.error.code),
  replyToUnknown: (error) => answer(`unknown ${error.code}`),
  conceal: ({ body }) => {
    const concealed = textOf(body).replace(/<Password>[^<*]+/g, '<Password>***');
    return concealed === textOf(body) ? undefined : Buffer.from(concealed);
  },
  complete: (_, { body }, options) => Buffer.from(textOf(body).replace('<Password>', `<Password>${options.password}`)),
  judge: (_, said) => {
    const word = partOf(said.body, 'Judge');
    const error = new MessageError('WB_LETTER_JUDGED', `The reader says ${word} with ${said.properties['http-status']}.`);
    if (word === 'broken') throw new TypeError('a defect');
    if (word === 'sent') return { outcome: 'sent', detail: `read with ${said.properties['http-status']}` };
    return word === 'refused' || word === 'not-sent' ? { outcome: word, error } : undefined;
  },
});

function answer(text: string) {
  return { body: `<Answer><Text>${text}</Text></Answer>`, contentType: 'text/xml', type: 'Answer' };
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString();
}

function partOf(body: Uint8Array, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)`).exec(textOf(body))?.[1] || undefined;
}

/** A letter as it comes. */
export function letter(text: string, { name = 'Card', with: given = password } = {}): string {
  return `<${name}><Password>${given}</Password><Text>${text}</Text></${name}>`;
}
