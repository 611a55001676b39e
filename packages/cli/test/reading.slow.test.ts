import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, root, waybill } from './waybill.ts';

const contract = JSON.stringify(join(root, 'packages', 'contract', 'dist', 'index.js'));

/** A pack for notes such as `NOTE;Zürich`, which answers them with what it read them with. */
function pack(name: string, wants: 'text' | 'bytes', options: string): string {
  return `
    import { bytes, defineCommand, defineMessagePack, settings, Type } from ${contract};
    const take = defineCommand({
      name: 'note.take',
      summary: 'Takes a note.',
      input: Type.Unknown(),
      orderKey: ({ text }) => text,
      businessKeys: ({ text }) => ({ place: text }),
    });
    const answer = { name: 'Answer', version: '1', direction: 'out', summary: 'The answer.' };
    const note = { name: 'Note', version: '1', direction: 'in', summary: 'A note.', commands: [take], reply: answer };
    export default defineMessagePack({
      name: '${name}',
      summary: 'Notes.',
      wants: '${wants}',
      messages: [note, answer],
      options: settings({ ${options} }),
      recognise: ({ body }, { separator }) => Buffer.from(body).toString('latin1').includes('NOTE' + separator) ? note : undefined,
      read: (type, { body, encoding }, options) => ({
        command: take.name,
        input: { text: Buffer.from(body).toString(encoding === 'utf-8' ? 'utf8' : 'latin1').split(options.separator)[1].trim(), options, encoding },
        surplus: { bytes: body.length },
      }),
      compose: () => { throw new TypeError('Nothing is composed.'); },
      reply: (type, { read }) => ({ body: read.input.text, contentType: 'text/plain', type: 'Answer' }),
    });`;
}

const separator = `separator: Type.String({ default: ';', description: 'What stands behind the name.' })`;
const lenient = `lenient: Type.Boolean({ default: false, description: 'Whether much is let be.' })`;
const longest = `longest: bytes({ default: '1KB', description: 'The longest note.' })`;

async function notes(files: Readonly<Record<string, string>>, wants: 'text' | 'bytes' = 'text'): Promise<string> {
  const module = { type: 'module', exports: './index.js' };
  const cwd = await folderWith({
    'notes/package.json': module,
    'notes/index.js': pack('notes', wants, [separator, lenient, longest].join()),
  });
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text, 'latin1');
  return cwd;
}

async function decode(cwd: string, ...args: readonly string[]) {
  const ended = await waybill(['decode', '--plugin', './notes', ...args], { cwd });
  if (ended.stderr !== '') throw new Error(ended.stderr);
  return JSON.parse(ended.stdout) as Record<string, unknown>;
}

const card = async (cwd: string, folder = 'notes') => waybill(['cards', '--write', folder], { cwd });

describe('the encoding of a file', () => {
  const swiss = 'NOTE;Z\u00fcrich';
  const utf8 = Buffer.from(swiss).toString('latin1');

  it.each([
    ['is UTF-8 where nothing tells it', utf8, [], undefined],
    ['is what --encoding says', swiss, ['--encoding', 'windows-1252'], 'windows-1252'],
    ['may have any name that it goes by', swiss, ['--encoding', 'CP1252'], 'windows-1252'],
    [
      'is what a byte order mark says, whatever else does',
      `\u00ff\u00fe${Buffer.from(swiss, 'utf16le').toString('latin1')}`,
      ['--encoding', 'cp037'],
      'utf-16le',
    ],
  ])('%s', async (_, text, args, encoding) => {
    const cwd = await notes({ 'a.txt': text });
    await card(cwd);
    const found = await decode(cwd, ...args, 'a.txt');
    expect(found).toMatchObject({
      message: 'Note@1',
      orderKey: 'Z\u00fcrich',
      businessKeys: { place: 'Z\u00fcrich' },
      input: { encoding: 'utf-8' },
    });
    expect(found['encoding']).toBe(encoding);
  });

  it('is told to a pack that wants bytes, which gets them as they are', async () => {
    const cwd = await notes({ 'a.txt': swiss }, 'bytes');
    await card(cwd);
    expect(await decode(cwd, '--encoding', 'iso-8859-15', 'a.txt')).toMatchObject({
      encoding: 'iso-8859-15',
      input: { text: 'Z\u00fcrich', encoding: 'iso-8859-15' },
      surplus: { bytes: 11 },
    });
  });

  it('is refused where nobody knows it', async () => {
    const cwd = await notes({ 'a.txt': swiss });
    await card(cwd);
    const ended = await waybill(['decode', '--plugin', './notes', '--encoding', 'windoes-1252', 'a.txt'], { cwd });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^WB_CLI_BAD_OPTION[\s\S]+Did you mean "windows-1252"\?/) as string,
    });
  });

  it('counts for the message that a reply answers', async () => {
    const cwd = await notes({ 'a.txt': 'NOTE|Z\u00fcrich', 'output.json': '{}' });
    await card(cwd);
    const args = ['--answering', 'a.txt', '--encoding', 'windows-1252', '--option', 'separator=|'];
    const ended = await waybill(['encode', '--plugin', './notes', ...args, 'Answer', 'output.json'], { cwd });
    expect(ended).toEqual({ code: 0, stdout: 'Z\u00fcrich', stderr: '' });
  });
});

describe('the options of a pack', () => {
  it('have their defaults', async () => {
    const cwd = await notes({ 'a.txt': 'NOTE;A' });
    await card(cwd);
    expect(await decode(cwd, 'a.txt')).toMatchObject({ input: { options: { separator: ';', lenient: false, longest: 1024 } } });
  });

  it('are what --option says, as a manifest would write it', async () => {
    const cwd = await notes({ 'a.txt': 'NOTE=A' });
    await card(cwd);
    const args = ['separator==', 'notes.lenient=true', 'longest=2KB'].flatMap((option) => ['--option', option]);
    expect(await decode(cwd, ...args, 'a.txt')).toMatchObject({ input: { options: { separator: '=', lenient: true, longest: 2048 } } });
  });

  it('are those of one pack, where it is named', async () => {
    const cwd = await notes({ 'a.txt': 'NOTE=A' });
    const module = { type: 'module', exports: './index.js' };
    const other = await folderWith({
      'package.json': module,
      'index.js': pack('others', 'text', separator).replace("name: 'Note'", "name: 'Other'"),
    });
    await Promise.all([card(cwd), card(cwd, other)]);
    const both = ['--plugin', other, '--option', 'others.separator=='];
    expect(await decode(cwd, ...both, 'a.txt')).toMatchObject({ message: 'Other@1', pack: 'others' });
  });

  it.each([
    ['separatr=|', 'Did you mean "separator"?'],
    ['pigeons=2', 'Known are separator, lenient, longest.'],
    ['lenient=perhaps', '"packs.notes.lenient" must be true or false'],
    ['longest=2K', 'is not an amount of data'],
    ['lenient', 'is not of the form name=value'],
    ['=x', 'is not of the form name=value'],
  ])('are refused by saying what is right: %s', async (option, said) => {
    const cwd = await notes({ 'a.txt': 'NOTE;A' });
    await card(cwd);
    const ended = await waybill(['decode', '--plugin', './notes', '--option', option, 'a.txt'], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('WB_CLI_BAD_OPTION') as string });
    expect(ended.stderr).toContain(said);
  });

  it('are listed by docs', async () => {
    const cwd = await notes({});
    await card(cwd);
    const { stdout } = await waybill(['docs', '--plugin', './notes'], { cwd });
    expect(stdout).toContain(
      '**In an inbound entry, under `packs.notes`, and for the replies to requests in an outbound entry, under `replies.notes`**',
    );
    expect(stdout).toContain('| `longest` | bytes | `"1KB"` | The longest note. |');
  });
});
