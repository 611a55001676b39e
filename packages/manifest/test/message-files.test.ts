import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMessageFile } from '../src/index.ts';
import { accepted, places, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const file = (...lines: readonly string[]) =>
  ['messages:', '  - message: Return', '    version: "1.0"', ...lines.map((line) => `    ${line}`), ''].join('\n');
const good = file('command: return.receive', 'body: []');
const install = () => workshop.install('@waybill/message-files', undefined);
const check = (...plugins: readonly string[]) =>
  workshop.check(`{ "plugins": ${JSON.stringify(['@fixture/notebook', ...plugins])}, "journal": { "use": "notebook" } }`);

describe('a message file among the plugins', () => {
  it('needs what reads it, and the error says what to install', () => {
    workshop.write('returns.message.yaml', good);
    const verdict = check('./returns.message.yaml');
    expect(places(verdict)).toEqual(['WB_PLUGIN_NOT_INSTALLED 1:35 plugins[1]']);
    expect(verdict.problems[0]).toMatchObject({
      message: '"./returns.message.yaml" declares messages, and @waybill/message-files, which reads such files, is not installed.',
      hint: 'npm install @waybill/message-files',
    });
  });

  it('is a message pack whose card follows from its text, without running any code', () => {
    install();
    workshop.write('returns.message.yaml', good);
    const [, plugin] = accepted(check('./returns.message.yaml')).plugins;
    expect(plugin).toMatchObject({
      specifier: './returns.message.yaml',
      main: join(workshop.folder, 'node_modules', '@waybill', 'message-files', 'index.js'),
      messageFile: join(workshop.folder, 'returns.message.yaml'),
      card: {
        kind: 'message-pack',
        name: 'returns',
        messages: [{ name: 'Return', version: '1.0', direction: 'in', commands: ['return.receive'] }],
        commands: { 'return.receive': '' },
      },
    });
    expect(workshop.ran()).toEqual([]);
  });

  it('can be named by routes and entries as any pack', () => {
    install();
    workshop.write('told.message.yml', file('event: return.told', 'body: []'));
    const manifest = {
      plugins: ['@fixture/notebook', '@fixture/post', './told.message.yml'],
      journal: { use: 'notebook' },
      routes: [{ event: 'return.tld', message: 'Return', to: [] }],
    };
    const { problems } = workshop.check(JSON.stringify(manifest), 'waybill.json');
    expect(problems.find(({ code }) => code === 'WB_MANIFEST_UNKNOWN_EVENT')?.hint).toBe('Did you mean "return.told"?');
  });

  it('that is not there is told where the manifest names it', () => {
    install();
    const verdict = check('./nobody.message.yaml');
    expect(places(verdict)).toEqual(['WB_MESSAGE_FILE_UNREADABLE 1:35 plugins[1]']);
    expect(verdict.problems[0]?.message).toBe('The message file ./nobody.message.yaml cannot be read: there is no such file.');
  });

  it('claims its messages: two plugins cannot have the same', () => {
    install();
    workshop.write('one.message.yaml', good);
    workshop.write('two.message.yaml', good);
    expect(check('./one.message.yaml', './two.message.yaml').problems.map(({ message }) => message)).toEqual([
      'Both "./one.message.yaml" and "./two.message.yaml" provide the message Return@1.0.',
    ]);
  });

  it.each([
    ['no YAML', 'messages: [', 'WB_MESSAGE_FILE_SYNTAX 1:12'],
    ['a key twice', `${good}messages: []\n`, 'WB_MESSAGE_FILE_SYNTAX 6:1 messages'],
    ['a merge key', 'messages:\n  - <<: *all\n', 'WB_MESSAGE_FILE_SYNTAX 2:5 messages[0]'],
    ['two documents', `${good}---\nmessages: []\n`, 'WB_MESSAGE_FILE_SYNTAX 6:1'],
    ['nothing', '', 'WB_MESSAGE_FILE_SYNTAX 1:1'],
    ['no messages', 'pack: x\n', 'WB_MESSAGE_FILE_INCOMPLETE 1:1'],
    ['a message without a name', good.replace('- message: Return\n    version', '- version'), 'WB_MESSAGE_FILE_INCOMPLETE 2:5'],
    ['a version that is no text', good.replace('"1.0"', '1.0'), 'WB_MESSAGE_FILE_INCOMPLETE 2:5'],
    ['a message that stands for nothing', file('body: []'), 'WB_MESSAGE_FILE_INCOMPLETE 2:5'],
  ])('with %s is told with its own line and column', (_title, text, place) => {
    install();
    const path = workshop.write('bad.message.yaml', text);
    const verdict = check('./bad.message.yaml');
    expect(places(verdict)).toEqual([place]);
    expect(verdict.problems[0]?.file).toBe(path);
  });

  it('has its problems behind those of the manifest', () => {
    install();
    workshop.write('bad.message.yaml', 'pack: x\n');
    const { problems } = workshop.check(
      '{\n\n  "plugins": ["@fixture/notebook", "./bad.message.yaml"],\n  "jurnal": {}\n}',
      'waybill.json',
    );
    expect(problems.map(({ code }) => code).at(-1)).toBe('WB_MESSAGE_FILE_INCOMPLETE');
    expect(problems.length).toBeGreaterThan(1);
  });
});

describe('the card of a message file', () => {
  it('has the answers of a command, each once', () => {
    const answers = (name: string) => [
      'command: return.receive',
      'reply: { message: Done, version: "1" }',
      `error reply: { message: ${name}, version: "1" }`,
    ];
    const names = (name: string) =>
      openMessageFile(workshop.write('a.message.yaml', file(...answers(name)))).card?.messages.map((message) => message.name);
    expect([names('Failed'), names('Done')]).toEqual([
      ['Return', 'Done', 'Failed'],
      ['Return', 'Done'],
    ]);
  });

  it('has the options of the formats of its messages, as what reads it says', () => {
    const known = {
      xml: { type: 'object', required: ['limits'], properties: { limits: { type: 'object' } } },
      records: { type: 'object', required: ['units'], properties: { units: { type: 'string' } } },
    };
    const reader = dirname(dirname(workshop.write('data/options.json', JSON.stringify(known))));
    const optionsWith = (...lines: readonly string[]) =>
      openMessageFile(workshop.write('a.message.yaml', file('command: return.receive', ...lines)), reader).card?.options;
    const [xml, records] = [known.xml, known.records].map((each) => ({ ...each, additionalProperties: false }));
    expect(optionsWith()).toEqual(xml);
    expect(optionsWith('format: records')).toEqual(records);
    expect(optionsWith('reply: { message: Done, version: "1", format: records }')).toEqual({
      type: 'object',
      required: ['limits', 'units'],
      properties: { ...known.xml.properties, ...known.records.properties },
      additionalProperties: false,
    });
  });

  it('has its answers, those of an event as messages that come in', () => {
    const reply = ['reply: { message: Answer, version: "1", command: return.settle }', 'error reply: { message: Answer, version: "1" }'];
    const path = workshop.write(
      'a.message.yaml',
      `commands: { return.settle: { summary: Settles. } }\n${file('event: return.told', ...reply)}`,
    );
    expect(openMessageFile(path).card).toMatchObject({
      messages: [
        { name: 'Return', direction: 'out', event: 'return.told', reply: 'Answer@1' },
        { name: 'Answer', direction: 'in', commands: ['return.settle'] },
      ],
      commands: { 'return.settle': 'Settles.' },
      events: { 'return.told': '' },
    });
  });
});
