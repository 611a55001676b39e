import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import { folderWith, guides, root, waybill } from './waybill.ts';

const tcp = ['--plugin', './transport-tcp'];
const pack = ['--plugin', './pack-returns'];

describe('docs', () => {
  it('shows what a transport promises and takes', async () => {
    const { code, stdout } = await waybill(['docs', ...tcp], { cwd: guides });
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/docs-transport.md');
  });

  it('shows the messages of a pack', async () => {
    const { stdout } = await waybill(['docs', ...pack], { cwd: guides });
    await expect(stdout).toMatchFileSnapshot('golden/docs-pack.md');
  });

  it('tells a machine', async () => {
    const { stdout } = await waybill(['docs', '--json', ...tcp], { cwd: guides });
    expect(JSON.parse(stdout)).toMatchObject([
      { package: './transport-tcp', kind: 'transport', name: 'tcp', inbound: [{ name: 'port', required: true }, {}, {}] },
    ]);
  });
});

describe('explain', () => {
  it('shows the fields of a message, and where they are in its command', async () => {
    const { stdout } = await waybill(['explain', ...pack, 'Return_Notice'], { cwd: guides });
    await expect(stdout).toMatchFileSnapshot('golden/explain.md');
  });

  it('tells a machine', async () => {
    const { stdout } = await waybill(['explain', ...pack, 'Return_Notice', '--json'], { cwd: guides });
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'Return_Notice',
      commands: ['return.announce'],
      reply: { name: 'Return_Answer' },
      fields: expect.arrayContaining([
        expect.objectContaining({ path: 'Item@sku', occurs: '1', field: 'items[].sku', holds: expect.anything() }),
      ]) as unknown,
    });
  });
});

describe('sample', () => {
  const sampleOf = async (...args: readonly string[]) => waybill(['sample', ...pack, 'Return_Notice', ...args], { cwd: guides });

  it('is a message that the pack can read, with everything in it once', async () => {
    const { stdout } = await sampleOf();
    await expect(stdout).toMatchFileSnapshot('golden/sample.xml');
    const folder = await folderWith({ 'notice.xml': stdout });
    const decoded = await waybill(['decode', ...pack, join(folder, 'notice.xml')], { cwd: guides });
    expect(decoded).toMatchObject({ code: 0, stdout: expect.stringContaining('return.announce') as unknown });
  });

  it('is another one for another seed, and the same for the same', async () => {
    const [one, again, other] = [await sampleOf('--seed', '7'), await sampleOf('--seed', '7'), await sampleOf('--seed', '8')];
    expect(again.stdout).toBe(one.stdout);
    expect(other.stdout).not.toBe(one.stdout);
  });

  it('is refused for a seed that is none', async () => {
    expect(await sampleOf('--seed', '1.5')).toMatchObject({ code: 2, stderr: expect.stringContaining('"1.5" is not a seed.') as unknown });
  });

  it('is written to a file', async () => {
    const cwd = await folderWith({});
    const { code, stdout } = await waybill(['sample', '--plugin', join(guides, 'pack-returns'), 'Return_Notice', '--out', 'a.xml'], {
      cwd,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(await readFile(join(cwd, 'a.xml'), 'utf8')).toContain('<Return_Notice');
  });
});

describe('types', () => {
  const orderDtd = '<!ELEMENT Order (Number, Mixed)><!ELEMENT Number (#PCDATA)><!ELEMENT Mixed (#PCDATA|Number)*>';

  it('drafts a message file and the type of its command from a DTD, and notes what it cannot say', async () => {
    const cwd = await folderWith({ 'order.dtd': orderDtd });
    const { code, stderr } = await waybill(
      ['types', join(cwd, 'order.dtd'), '--out', join(cwd, 'a.message.yaml'), '--typescript', join(cwd, 'a.ts')],
      { cwd: root },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^note  Mixed holds text mixed with elements/) as unknown });
    expect(await readFile(join(cwd, 'a.message.yaml'), 'utf8')).toContain('- Number: number');
    expect(await readFile(join(cwd, 'a.ts'), 'utf8')).toContain('number: string;');
  });

  it('makes a layout of a copybook', async () => {
    const cwd = await folderWith({ 'stock.cpy': '       01  STOCK.\n           05  SKU PIC X(8).\n' });
    const { code, stdout } = await waybill(['types', '--copybook', join(cwd, 'stock.cpy')], { cwd: root });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('name: SKU') as unknown });
  });

  it('prints the DTD of a message', async () => {
    const { stdout } = await waybill(['types', '--plugin', '@waybill/pack-fulfillment', '--print-dtd', 'Inquire_WCS_PickPackListDetail'], {
      cwd: root,
    });
    expect(stdout).toContain('<!ELEMENT PickPackListDetail (WCSPickBatchID)>');
  });

  it.each([
    ['nothing', [], 'No file is named.'],
    ['a DTD and a sample', ['order.dtd', 'order.xml'], 'A draft is made from one DTD, or from samples.'],
    ['two copybooks', ['--copybook', 'order.dtd', 'order.xml'], 'A layout is made from one copybook.'],
  ])('is refused with %s', async (_title, args, says) => {
    const cwd = await folderWith({ 'order.dtd': orderDtd, 'order.xml': '<Order/>' });
    expect(await waybill(['types', ...args], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining(says) as unknown });
  });
});

describe('schema', () => {
  it('is what an editor needs for the plugins at hand', async () => {
    const { code, stdout } = await waybill(['schema', ...tcp, ...pack], { cwd: guides });
    expect(code).toBe(0);
    const { properties } = JSON.parse(stdout) as { readonly properties: Readonly<Record<string, unknown>> };
    expect(JSON.stringify(properties['connections'])).toContain('"const":"tcp"');
    expect(JSON.stringify(properties['routes'])).toContain('"return.approved"');
  });

  it('is written to a file', async () => {
    const cwd = await folderWith({});
    const ended = await waybill(['schema', '--plugin', join(guides, 'transport-tcp'), '--out', 'waybill.schema.json'], { cwd });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(await readFile(join(cwd, 'waybill.schema.json'), 'utf8'))).toMatchObject({ title: 'Waybill manifest' });
  });
});

describe('cards', () => {
  it('lists the plugins that are installed', async () => {
    const { code, stdout } = await waybill(['cards']);
    expect(code).toBe(0);
    expect(stdout).toContain('@waybill/transport-file  transport file, contract 1');
  });

  it('gives whole cards to a machine', async () => {
    const { stdout } = await waybill(['cards', '--json', ...tcp, ...pack], { cwd: guides });
    const cards = JSON.parse(stdout) as readonly { readonly card: Card }[];
    expect(cards.map(({ card }) => card.name)).toEqual(['tcp', 'returns']);
  });

  it('writes the card of a plugin in a folder, and tells when it is stale', async () => {
    const cwd = await folderWith({ 'mine/package.json': { type: 'module', exports: './index.js' }, 'mine/index.js': transport('Sends.') });
    const before = await waybill(['cards', '--fresh', 'mine'], { cwd });
    expect(before).toMatchObject({ code: 1, stderr: expect.stringContaining('WB_CLI_STALE_CARD') as string });
    expect(await waybill(['cards', '--write', 'mine'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(await waybill(['cards', '--fresh', 'mine'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    await writeFile(join(cwd, 'mine', 'index.js'), transport('Sends well.'));
    expect(await waybill(['cards', '--fresh', 'mine'], { cwd })).toMatchObject({ code: 1 });
  });

  it('says what is wrong with a folder that is no plugin', async () => {
    const cwd = await folderWith({ 'mine/package.json': { type: 'module', exports: './index.js' }, 'mine/index.js': 'export default {};' });
    const ended = await waybill(['cards', '--write', 'mine'], { cwd });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('default-exports no plugin') as string });
  });
});

function transport(summary: string): string {
  return `
    import { defineTransport, settings } from ${JSON.stringify(join(root, 'packages', 'contract', 'dist', 'index.js'))};
    const send = { endpoint: settings({}), guarantees: { requestReply: false, deduplicates: false }, open: async () => ({}) };
    export default defineTransport({ name: 'mine', summary: '${summary}', connection: settings({}), connect: async () => ({}), send });`;
}
