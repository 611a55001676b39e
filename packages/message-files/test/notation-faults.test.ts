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
  [
    'no YAML',
    'messages: [',
    'SYNTAX 1:12 This is not YAML as a message file takes it: Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  [
    'a key twice',
    'messages: []\nmessages: []\n',
    'SYNTAX 2:1 The key "messages" stands twice in the same object; the first one is in line 1.',
  ],
  ['nothing', '# nothing\n', 'SYNTAX 1:1 The message file is empty.'],
  ['no messages', 'summary: Nothing\n', 'NOTATION 1:1 A message file has a list of "messages".'],
  ['a misspelt key of the file', `sumary: x\n${body()}`, 'NOTATION 1:1 A message file has no key "sumary".'],
  ['a misspelt key of a message', fileWith([command, 'unmaped: ignore'], [id]), 'NOTATION 5:5 A message has no key "unmaped".'],
  [
    'a version that YAML takes for a number',
    body().replace('"1.0"', '1.0'),
    'UNQUOTED 3:14 "version" is a text, and the number 1 stands here.',
  ],
  ['no name', body().replace('- message: Return\n    version', '- version'), 'NOTATION 2:5 The message lacks "message": its name.'],
  [
    'no body',
    'messages:\n  - message: Return\n    version: "1.0"\n    command: return.receive\n',
    'NOTATION 2:5 The message has no "body": the nodes that it has.',
  ],
  ['nothing that it stands for', fileWith([], [id]), 'NOTATION 2:5 The message stands for nothing: it has neither "command" nor "event".'],
  [
    'a command and an event',
    fileWith([command, event], [id]),
    'NOTATION 4:14 A message stands for one thing: "event", "command", or children that choose the command.',
  ],
  ['an unknown format', fileWith([command, 'format: json'], [id]), 'NOTATION 5:13 There is no format "json".'],
  ['an unknown frame', fileWith([command, 'frame: wsc'], [id]), 'NOTATION 5:12 There is no frame "wsc".'],
  [
    'a frame that the name does not fit',
    fileWith([command, 'frame: wcs'], [id]),
    'NOTATION 5:12 The frame wcs needs a verb and a noun: "Return" is not of the form Verb_Noun.',
  ],
  [
    'credentials without a frame for them',
    fileWith([command, 'credentials: ["LogonId"]'], [id]),
    'NOTATION 2:5 The frame none has no place for credentials; "frame: wcs" has one.',
  ],
  ['an unknown event', fileWith(['event: return.anounced'], [id]), 'UNKNOWN_EVENT 4:12 Nobody knows an event "return.anounced".'],
  [
    'nodes that are no list',
    body().replace('- Id: returnId as id', 'Id: returnId'),
    'NOTATION 6:7 "body" has no key "Id".',
    'NOTATION 6:7 "body" with keys has "one of", the children that choose the command, and "each has", what is in each of them.',
  ],
  [
    'two nodes in one item',
    body('- Remark?: remark', '  Channel?: channel'),
    'NOTATION 8:9 An item of a list of nodes is one node: one name with what is in it.',
  ],
  ['a number for a field', body('- Remark?: 5'), 'UNQUOTED 7:18 What Remark? means is a text, and the number 5 stands here.'],
  ['a yes for a field', body('- Remark?: true'), 'UNQUOTED 7:18 What Remark? means is a text, and the yes-or-no value true stands here.'],
  [
    'a number for a constant',
    body('- "@v?": { value: 0123 }'),
    'UNQUOTED 7:25 The value of a constant is a text, and the number 123 stands here.',
  ],
  ['nothing for a field', body('- Remark?:'), 'UNQUOTED 7:17 What Remark? means is a text, and nothing stands here.'],
  ['a width', body('- "Remark 10?": remark'), 'NOTATION 7:9 "Remark 10?" has a width, and only fields of records have one.'],
  ['a name that is none', body('- "9 lives": remark'), 'NOTATION 7:9 "9 lives" is no name of an element or attribute.'],
  [
    'a field specification that is none',
    body('- Remark?: remark for people'),
    'NOTATION 7:18 "remark for people" is not of the form "field" or "field as type".',
  ],
  ['an unknown type', body('- Remark?: remark as txt'), 'UNKNOWN_TYPE 7:18 There is no type of text "txt".'],
  [
    'facets that a type does not take',
    body('- Remark?: remark as id(ten)'),
    'UNKNOWN_TYPE 7:18 "id(ten)" is not how this type is written.',
  ],
  [
    'an example of another type',
    body('- Refund?: { into: refund, has: [{ Amount: { to: amount, as: amount, example: much } }] }'),
    'NOTATION 7:68 The example "much" is not of the type amount.',
  ],
  [
    'a text that occurs often without a list',
    body('- Remark*: remark'),
    'NOTATION 7:9 Remark* may occur more than once, and its text has one place.',
  ],
  [
    'a list for a text that occurs once',
    body('- Carrier?: carriers[]'),
    'NOTATION 7:9 "carriers[]" keeps a list, and Carrier? occurs once.',
  ],
  [
    'a default of an element',
    body('- Remark?: { to: remark, default: none }'),
    'NOTATION 7:41 Remark? is no attribute, and only attributes have a default.',
  ],
  [
    'a default that the type does not take',
    body('- "@channel?": { to: channel, as: code(web shop), default: fax }'),
    'NOTATION 7:66 The default "fax" is not one of web, shop.',
  ],
  [
    'a condition on a field that nothing fills',
    body('- Remark?: { to: remark, only if: { status: OK } }'),
    'NOTATION 7:9 "only if" names status, which no text beside it fills.',
  ],
  [
    'a condition on a text that cannot be',
    body('- "@status?": status as code(OK DAMAGED)', '- Remark?: { to: remark, only if: { status: KO } }'),
    'NOTATION 8:9 "only if" names the text "KO" for status, which is not one of OK, DAMAGED.',
  ],
  ['a node that says nothing', body('- Remark?: { about: the remark }'), 'NOTATION 7:9 Remark? does not say what it means.'],
  [
    'a group that occurs often without a list',
    body('- Item*: { has: [{ Sku: remark }] }'),
    'NOTATION 7:9 Item* may occur more than once, and nothing says where the occurrences go.',
  ],
  ['a group without nodes', body('- Refund?: { into: refund }'), 'NOTATION 7:9 Refund? has no nodes.'],
  [
    'a pick without its attribute',
    body('- Name+: { pick: { a: first } }'),
    'NOTATION 7:9 "pick" needs "by": the attribute that tells which place is meant.',
  ],
  ['a pick by something else', body('- Name+: { by: type, pick: { a: first } }'), 'NOTATION 7:22 "type" is no attribute.'],
  [
    'a group inside of one that has to be there',
    body('- Item: { into: refund, has: [{ Amount: amount as amount }, { like: Item }] }'),
    'NOTATION 7:69 Item cannot be inside itself: it has to be optional, and to have an object of its own.',
  ],
  ['a group inside of none', body('- like: Thing'), 'NOTATION 7:15 "like" names Thing, and no group of this name is around it.'],
  ['a joint that there is not', body('- joined: { to: arrived, by: magic, from: [] }'), 'NOTATION 7:36 Nothing joins texts by "magic".'],
];

describe('a message file with', () => {
  it.each(cases)('%s is refused with code, place and sentence', (_title, yaml, ...expected) => {
    const { pack, problems } = workshop.load(yaml);
    expect(problems.map(told)).toEqual(expected);
    expect(pack).toBeUndefined();
  });
});
