import { type DataOf, type Draft, defineMessagePack, type MessageType, type OutputOf } from '@waybill/contract';
import { fieldsOf } from '@waybill/mapping';
import { chooseBy } from '@waybill/values';
import { sniffRoot, type XmlMessage } from '@waybill/xml';
import { announceReturn, returnApproved } from './commands.ts';
import * as messages from './messages.ts';

export { announceReturn, returnApproved } from './commands.ts';

type About = Omit<MessageType, 'name' | 'version' | 'fields' | 'sample'>;

/** What a message type says about itself follows from its definition. */
function typeOf<Value>(definition: XmlMessage<Value>, about: About): MessageType {
  return {
    name: definition.root.name,
    version: '1.0',
    ...about,
    fields: () => fieldsOf(definition.root),
    sample: (seed) => definition.write(definition.makeUp(seed === undefined ? undefined : chooseBy(seed))),
  };
}

const answer = typeOf(messages.answer, { direction: 'out', summary: 'Says whether a return is accepted, and under which number.' });
const notice = typeOf(messages.notice, {
  direction: 'in',
  summary: 'Announces goods that a customer sends back.',
  commands: [announceReturn],
  reply: answer,
});
const approval = typeOf(messages.approval, { direction: 'out', summary: 'Tells of a refund.', event: returnApproved });

const types = [notice, answer, approval];

/** The kernel has converted the body to UTF-8, whatever the document declares about its own encoding. */
const options = { encodingKnown: true };

function draft(type: MessageType, body: string): Draft {
  return { body, contentType: 'application/xml', type: type.name };
}

export default defineMessagePack({
  name: 'returns',
  summary: 'Messages about goods that customers send back.',
  messages: types,

  recognise: (message) => {
    const beginning = sniffRoot(message.body);
    return types.find(({ name }) => name === beginning?.root);
  },

  read: ({ name }, { body }) => {
    // The kernel reads inbound messages only; tools such as `waybill decode` read the others, too.
    if (name === approval.name) return { command: '', input: messages.approval.read(body, options) };
    if (name === answer.name) return { command: '', input: messages.answer.read(body, options) };
    return { command: announceReturn.name, input: messages.notice.read(body, options) };
  },

  compose: (_type, data) => {
    return draft(approval, messages.approval.write(data as DataOf<typeof returnApproved>));
  },

  reply: (_type, outcome) => {
    if (!outcome.ok) {
      const { code, message } = outcome.error;
      return draft(answer, messages.answer.write({ code, reason: message }));
    }
    const { number } = outcome.output as OutputOf<typeof announceReturn>;
    return draft(answer, messages.answer.write({ number }));
  },
});
