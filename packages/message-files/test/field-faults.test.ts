import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWith, told, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const id = '- Id: returnId as id';
const command = 'command: return.receive';
const event = 'event: return.announced';
const body = (...lines: readonly string[]) => fileWith([command], [id, ...lines]);

// The body of a file with one key begins in line 6, so that what follows the id stands in line 7.
const cases: readonly (readonly [title: string, yaml: string, ...told: readonly string[]])[] = [
  ['a field that is misspelt', body('- Remark?: remrak'), 'UNKNOWN_FIELD 7:9 There is no field remrak.'],
  [
    'a field of an object that is misspelt',
    body('- Item*: { into: "items[]", has: [{ Sku: skuu }] }'),
    'UNKNOWN_FIELD 7:43 There is no field items[].skuu.',
  ],
  [
    'a field below a text',
    body('- Remark?: remark.text'),
    'UNKNOWN_FIELD 7:9 There is no field remark.text: what is before its last dot is no object.',
  ],
  ['a text for a flag', body('- Urgent?: urgent'), 'WRONG_TYPE 7:9 The field urgent takes true or false, and the text gives a text.'],
  [
    'a flag for a text',
    body('- Remark?: remark as yes-no(Y N)'),
    'WRONG_TYPE 7:9 The field remark takes a text, and the text gives true or false.',
  ],
  [
    'words that the command does not have',
    body('- "@status?": status as code(OK BROKEN)'),
    'WRONG_TYPE 7:9 The field status does not take BROKEN; it takes OK, DAMAGED.',
  ],
  [
    'any text for words',
    body('- "@status?": status'),
    'WRONG_TYPE 7:9 The field status takes one of OK, DAMAGED: write `code(OK DAMAGED)`.',
  ],
  [
    'a text of another form',
    body('- Refund?: { into: refund, has: [{ Amount: amount }] }'),
    'WRONG_TYPE 7:42 The field refund.amount takes texts of another form than, for example, "text".',
  ],
  [
    'one object for a list',
    body('- Item?: { into: items, has: [{ Sku: sku }] }'),
    'WRONG_TYPE 7:9 The field items takes a list, not an object.',
  ],
  ['a list for one text', body('- Remark*: remark[]'), 'WRONG_TYPE 7:9 The field remark takes a text, and a list of them stands here.'],
  [
    'a required field that is not there',
    fileWith([command], ['- Remark?: remark']),
    'MISSING_FIELD 2:5 The field returnId is needed, and no node fills it.',
  ],
  [
    'a required field that may be missing',
    fileWith([command], ['- Id?: returnId']),
    'MISSING_FIELD 6:9 The field returnId is needed, and the node that fills it may be missing.',
  ],
  [
    'a required field on one of two ways',
    fileWith([command], ['- one of: [{ Id: returnId }, { Remark: remark }]']),
    'MISSING_FIELD 6:20 The field returnId is needed, and the node that fills it may be missing.',
  ],
  [
    'a required field of an object of neighbours',
    body('- all?: { into: refund, has: [{ Amount?: amount as amount }, { Currency: currency }] }'),
    'MISSING_FIELD 7:39 The field refund.amount is needed, and the node that fills it may be missing.',
  ],
  [
    'a required field behind a dot',
    body('- Currency?: refund.currency'),
    'MISSING_FIELD 2:5 The field refund.amount is needed, and no node fills it.',
  ],
  [
    'a field that two nodes fill',
    body('- Remark?: remark', '- Note?: remark'),
    'FILLED_TWICE 8:9 The field remark is filled by another node already, and both can be there.',
  ],
  [
    'a field of an object that is made anew',
    body('- Currency?: refund.currency', '- Refund?: { into: refund, has: [{ Amount: amount as amount }] }'),
    'FILLED_TWICE 8:9 The field refund is filled by another node already, and both can be there.',
  ],
  [
    'a field that is set and filled',
    fileWith([command, 'set: { channel: web }'], [id, '- "@channel?": channel as code(web shop)']),
    'FILLED_TWICE 8:9 The field channel is filled by another node already, and both can be there.',
  ],
  [
    'a value that cannot be set',
    fileWith([command, 'set: { channel: fax }'], [id]),
    'WRONG_TYPE 2:5 The field channel is one of web, shop.',
  ],
  [
    'a repeat of what nothing fills',
    body('- Note?: { same as: remark }'),
    'UNKNOWN_FIELD 7:9 Note repeats remark, which no text of the message fills.',
  ],
  [
    'two nodes that follow alike',
    body('- Remark?: remark', '- Remark?: first'),
    'AMBIGUOUS 8:9 Element Return is ambiguous: after Id, Remark could be either of two children.',
  ],
  [
    'an event with a field that has no place',
    fileWith([event], ['- Id: returnId', '- Mail: customer.email']),
    'NO_PLACE 2:5 The message has no place for note, which the event may have.',
    'NO_PLACE 2:5 The message has no place for customer.name, which the event may have.',
  ],
  [
    'a user data node for passing that is missing',
    fileWith([command, 'unmapped: pass'], [id]),
    'NOTATION 5:15 "unmapped: pass" puts what is unmapped into the user data, and the message has none.',
  ],
  [
    'an unmapped policy that is none',
    fileWith([command, 'unmapped: drop'], [id]),
    'NOTATION 5:15 "unmapped" is refuse, ignore or pass, not "drop".',
  ],
  [
    'an order key of a message',
    fileWith([command, 'keys: { order: returnId }'], [id]),
    'NOTATION 5:20 The order key of a message is that of its command, whatever format it came in.',
  ],
  [
    'a store that is no field',
    fileWith([command, 'keys: { store: storeID }'], [id]),
    'UNKNOWN_FIELD 5:20 The store names storeID, and there is no field storeID.',
  ],
  [
    'conditions that hold together',
    fileWith(
      ['command:', '  - { is: return.refuse, when: { status: DAMAGED } }', '  - { is: return.receive, when: { status: DAMAGED } }'],
      [id, '- "@status": status as code(OK DAMAGED)'],
    ),
    'CONDITIONS 5:7 The conditions leave cases over that have no command.',
    'CONDITIONS 6:9 The conditions of return.refuse and return.receive can hold together.',
  ],
  [
    'conditions that leave a case over',
    fileWith(['command:', '  - { is: return.refuse, when: { status: DAMAGED } }'], [id, '- "@status?": status as code(OK DAMAGED)']),
    'CONDITIONS 5:7 The conditions leave cases over that have no command.',
  ],
  [
    'a condition that can never hold',
    fileWith(
      ['command:', '  - { is: return.refuse, when: { status: KO } }', '  - { is: return.receive }'],
      [id, '- "@status?": status as code(OK DAMAGED)'],
    ),
    'CONDITIONS 5:46 The text "KO" of the condition is not one of OK, DAMAGED, so that status can never be it.',
  ],
  [
    'a reply of a command that answers nothing',
    `${fileWith(['command: return.refuse'], [id])}    reply:\n      message: R\n      version: "1"\n      body: []\n`,
    'NOTATION 8:7 The command return.refuse answers nothing, so that there is nothing to make a reply of.',
  ],
  [
    'two messages that begin alike',
    `${body()}  - message: Other\n    root: Return\n    version: "1.0"\n    command: return.refuse\n    body: [{ Id: returnId as id }]\n`,
    'AMBIGUOUS 7:5 The message begins as Return 1.0 does, so that it could be either.',
  ],
  [
    'a command of a plugin that is declared again',
    `commands:\n  return.receive: { input: { type: object } }\n${body()}`,
    'NOTATION 2:3 The command return.receive is declared by a plugin already.',
  ],
  [
    'a schema that is none',
    `commands:\n  a.b: { input: { type: object, propertys: {} } }\n${body()}`,
    'NOTATION 2:33 The input of a.b has no key "propertys".',
  ],
  [
    'a schema that requires what it does not describe',
    `commands:\n  a.b: { input: { type: object, properties: {}, required: [x] } }\n${body()}`,
    'NOTATION 2:60 The input of a.b requires "x", which is none of its properties.',
  ],
];

describe('a message file with', () => {
  it.each(cases)('%s is refused with code, place and sentence', (_title, yaml, ...expected) => {
    const { pack, problems } = workshop.load(yaml);
    expect(problems.map(told)).toEqual(expected);
    expect(pack).toBeUndefined();
  });
});
