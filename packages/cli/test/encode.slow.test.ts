import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, guides, root, samples, waybill, waybillHere } from './waybill.ts';

const returns = ['--plugin', join(guides, 'pack-returns')];
const notice = '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="A" quantity="2"/></Return_Notice>';

async function decoded(file: string): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await waybillHere(['decode', file]);
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('what was decoded', () => {
  it.each(readdirSync(samples))('can be encoded, and then means the same: %s', async (name) => {
    const first = await decoded(join(samples, name));
    const folder = await folderWith({ 'data.json': first });
    const written = join(folder, 'again.xml');
    const { code, stderr } = await waybillHere(['encode', String(first.message), join(folder, 'data.json'), '--out', written]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect({ ...(await decoded(written)), file: '' }).toEqual({ ...first, file: '' });
  });
});

describe('composing for an event', () => {
  const data = { number: 'R-7', amount: '39.80', currency: 'EUR' };

  it('writes the body to standard output', async () => {
    const folder = await folderWith({ 'data.json': data });
    const { code, stdout } = await waybill(['encode', 'Return_Approval', join(folder, 'data.json'), ...returns]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('golden/encode-approval.xml');
  });

  it('tells a machine what it is', async () => {
    const folder = await folderWith({ 'data.json': data });
    const { stdout } = await waybill(['encode', 'Return_Approval@1.0', join(folder, 'data.json'), '--json', ...returns]);
    expect(JSON.parse(stdout)).toMatchObject({
      pack: 'returns',
      message: 'Return_Approval@1.0',
      contentType: 'application/xml',
      body: expect.stringContaining('<ReturnNumber>R-7</ReturnNumber>') as string,
    });
  });
});

describe('the options of a pack', () => {
  const legacy = join(root, 'plugins', 'pack-legacy', 'test', 'fixtures');
  const encoded = async (message: string, file: string, ...options: readonly string[]) => {
    const folder = await folderWith({ 'data.json': await decoded(join(legacy, file)) });
    return waybillHere(['encode', message, join(folder, 'data.json'), '--json', ...options.flatMap((option) => ['--option', option])]);
  };

  it('are those of an outbound entry, for an event', async () => {
    const { stdout, stderr } = await encoded('OrderCreate', 'order_create.txt', 'encoding=cp037', 'legacy.truncate=true');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      contentType: 'text/plain; charset=cp037',
      body: readFileSync(join(legacy, 'order_create.txt'), 'utf8'),
    });
    expect((await encoded('OrderCreate', 'order_create.txt', 'lowValues=pad')).stdout).toContain(
      String.raw`None of the message packs has an option \"lowValues\".`,
    );
  });

  it('are those of both directions for a message that comes in', async () => {
    const options = ['legacy.encoding=iso-8859-1', 'widths.CustomerNew@01/HDR010/NC_Fax=32'];
    const { stdout } = await encoded('CustomerNew', 'customer_new.txt', ...options);
    const narrow = readFileSync(join(legacy, 'customer_new.txt'), 'utf8');
    expect(JSON.parse(stdout)).toMatchObject({ contentType: 'text/plain; charset=iso-8859-1' });
    expect((JSON.parse(stdout) as { readonly body: string }).body).toHaveLength(narrow.length + 2);
  });
});

describe('composing a reply', () => {
  it('takes the message that it answers', async () => {
    const folder = await folderWith({ 'notice.xml': notice, 'output.json': { number: 'R-7' } });
    const answering = ['--answering', join(folder, 'notice.xml'), '--out', join(folder, 'answer.xml')];
    const { code } = await waybill(['encode', 'Return_Answer', join(folder, 'output.json'), ...answering, ...returns]);
    expect(code).toBe(0);
    expect(await readFile(join(folder, 'answer.xml'), 'utf8')).toMatch(/<Accepted>\s*<ReturnNumber>R-7<\/ReturnNumber>\s*<\/Accepted>/);
  });

  it('is refused for a message that has another answer', async () => {
    const folder = await folderWith({ 'notice.xml': notice, 'output.json': { number: 'R-7' } });
    const ended = await waybill([
      'encode',
      'Return_Approval',
      join(folder, 'output.json'),
      '--answering',
      join(folder, 'notice.xml'),
      ...returns,
    ]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('WB_CLI_CANNOT_COMPOSE') as string });
  });
});

describe('what cannot be encoded', () => {
  it('for an unknown message names the one that was probably meant', async () => {
    const folder = await folderWith({ 'data.json': {} });
    const ended = await waybill(['encode', 'Report_NC_PurchaseOrdr', join(folder, 'data.json')]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean Report_NC_PurchaseOrder?') as string });
  });

  it('for an unknown version names the known ones', async () => {
    const folder = await folderWith({ 'data.json': {} });
    const ended = await waybill(['encode', 'Update_WCS_OrderStatus@9.9', join(folder, 'data.json')]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Update_WCS_OrderStatus@3.0') as string });
  });

  it('for data that is not JSON says so', async () => {
    const folder = await folderWith({ 'data.json': '{ number: ' });
    const ended = await waybill(['encode', 'Return_Approval', join(folder, 'data.json'), ...returns]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('WB_CLI_BAD_DATA') as string });
  });

  it.each(['nonsense', '2026-13-01T00:00:00Z', '2026-11-26'])('for the time %s says what a time is', async (time) => {
    const folder = await folderWith({ 'data.json': { number: 'R-7', amount: '39.80', currency: 'EUR' } });
    const ended = await waybill(['encode', 'Return_Approval', join(folder, 'data.json'), '--time', time, ...returns]);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`"${time}" is not a time.`) as string });
  });

  it('for data that does not fit names the fault', async () => {
    const folder = await folderWith({ 'data.json': { number: 'R-7', amount: 'much', currency: 'EUR' } });
    const ended = await waybill(['encode', 'Return_Approval', join(folder, 'data.json'), ...returns]);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Refund') as string });
  });
});

describe('the example of the README', () => {
  it('is what the program prints', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, shown] = /\$ waybill decode status-1\.xml\n([\s\S]*?)```/.exec(readme) ?? [];
    const { stdout } = await waybill(['decode', 'status-1.xml', '--plugin', '@waybill/pack-fulfillment'], {
      cwd: join(guides, 'first-steps'),
    });
    expect(shown).toBe(stdout);
  });
});

describe('data that does not fit, where the pack tells no place', () => {
  it('is told with its place', async () => {
    const folder = await folderWith({ 'data.json': { orderId: 5 } });
    const { code, stderr } = await waybill(['encode', 'Report_NC_PurchaseOrder@1.0', join(folder, 'data.json')]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^WB_CLI_BAD_DATA {2}The data is not that of the message: [^]+\n {2}at {4}.*data\.json\n/) as unknown,
    });
  });
});
