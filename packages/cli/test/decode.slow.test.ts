import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, guides, plugins, root, samples, waybill, waybillHere } from './waybill.ts';

const reference = join(root, '..', 'shared', 'reference', 'samples', 'fulfillment');
const types = [
  'Update_WCS_OrderStatus',
  'Create_WCS_Customer',
  'Update_WCS_ProductInventory',
  'Inquire_WCS_PickPackListDetail',
  'Report_WCS_PickPackListDetail',
];
const exact = [
  ...types,
  'Report_NC_PurchaseOrder',
  'Request_WCS_BE_ProductInventory',
  'Request_WCS_BE_ProductInventory_Reply',
  'WCS_Error',
].map((name) => `${name}.xml`);
const files = [samples, reference]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => folder === samples || exact.includes(name))
      .map((name) => join(folder, name)),
  );
const returns = ['--plugin', join(guides, 'pack-returns')];

describe('the fulfillment samples', () => {
  it.each(files.map((file) => [file.slice(root.length), file]))('are recognised and decoded: %s', async (_name, file) => {
    const { code, stdout, stderr } = await waybillHere(['decode', file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      file,
      pack: 'fulfillment',
      message: expect.stringMatching(/^[A-Za-z]\w+@\d\.\d$/) as string,
    });
    expect(stdout).toMatch(/"command": "[a-z-]+\.[a-z-]+",\s+"input": \{|"data": \{/);
  });

  it('show no passwords', async () => {
    const { stdout } = await waybill(['decode', join(samples, 'Create_WCS_Customer.xml')]);
    expect(stdout).toContain('"password": "***"');
    const [, password] = /<Password>([^<]+)</.exec(readFileSync(join(samples, 'Create_WCS_Customer.xml'), 'utf8')) ?? [];
    expect(stdout).not.toContain(password);
  });

  it('show nothing that tells of a person when they are masked', async () => {
    const file = join(samples, 'Create_WCS_Customer.xml');
    const [open, closed] = [await waybill(['decode', file]), await waybill(['decode', '--mask', file])];
    const lastName = /"lastName": "([^"]+)"/.exec(open.stdout)?.[1] ?? '';
    expect(lastName).not.toBe('');
    expect(closed.stdout).toContain('"lastName": "***"');
    expect(closed.stdout).not.toContain(lastName);
    expect(JSON.parse(closed.stdout)).toMatchObject({ command: 'customer.register' });
  });
});

describe('a message of an inbound type', () => {
  it('is shown with the command and input that it stands for', async () => {
    const file = join(
      await folderWith({
        'notice.xml': '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="A" quantity="2"/></Return_Notice>',
      }),
      'notice.xml',
    );
    const { stdout } = await waybill(['decode', file, ...returns]);
    expect(JSON.parse(stdout)).toEqual({
      file,
      pack: 'returns',
      message: 'Return_Notice@1.0',
      direction: 'in',
      command: 'return.announce',
      input: { order: '10042', items: [{ sku: 'A', quantity: '2' }] },
      orderKey: 'order:10042',
      businessKeys: { order: '10042', sku: ['A'] },
      answeredWith: 'Return_Answer@1.0',
    });
  });
});

describe('standard input', () => {
  it('is read for -', async () => {
    const { code, stdout } = await waybill(['decode', '-'], { input: readFileSync(join(samples, 'Update_WCS_OrderStatus.xml'), 'utf8') });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: '-', message: 'Update_WCS_OrderStatus@3.0' });
  });
});

describe('the packs to decode with', () => {
  it('are those of the manifest in the working folder', async () => {
    const cwd = await folderWith({
      'waybill.json': { plugins: [join(guides, 'pack-returns')] },
      'approval.xml':
        '<Return_Approval version="1.0"><ReturnNumber>R-1</ReturnNumber><Refund currency="EUR">1.00</Refund></Return_Approval>',
    });
    const { stdout } = await waybill(['decode', 'approval.xml'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ message: 'Return_Approval@1.0', event: 'return.approved', data: { number: 'R-1' } });
  });

  it('are asked for where there are none', async () => {
    const cwd = await folderWith({ 'some.xml': '<Some/>', 'waybill.json': { plugins: plugins('transport-file') } });
    expect(await waybill(['decode', 'some.xml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('WB_CLI_NO_PACKS') as string,
    });
  });
});

describe('a file that cannot be decoded', () => {
  const whole = readFileSync(join(samples, 'Update_WCS_OrderStatus.xml'), 'utf8');

  it.each([
    ['is no message that anybody knows', '<Something_Else/>', 'WB_MESSAGE_UNRECOGNISED'],
    ['is no XML', 'order;status\n1;S\n', 'WB_MESSAGE_UNRECOGNISED'],
    ['is empty', '', 'WB_MESSAGE_UNRECOGNISED'],
    ['ends too early', whole.slice(0, whole.length - 60), 'WB_XML_'],
    ['lacks a mandatory element', whole.replace(/<DataArea>[\s\S]*<\/DataArea>/, ''), 'WB_XML_'],
  ])('ends with 1 and says why when it %s', async (_what, text, code) => {
    const cwd = await folderWith({ 'some.xml': text });
    const ended = await waybill(['decode', join(cwd, 'some.xml')]);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(code) as string });
  });

  it('is told to a machine as well', async () => {
    const cwd = await folderWith({ 'some.xml': '<Something_Else/>' });
    const { code, stdout } = await waybill(['decode', '--json', join(cwd, 'some.xml')]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'WB_MESSAGE_UNRECOGNISED', hint: expect.any(String) as string } });
  });
});

describe('a file that no pack knows', () => {
  it.each([
    ['', 'It is empty.'],
    ['{}', 'It looks like JSON.'],
  ])('is told as what it looks like: "%s"', async (text, looks) => {
    const cwd = await folderWith({ 'a.xml': text });
    const { code, stderr } = await waybill(['decode', join(cwd, 'a.xml')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`knows this message. ${looks}\n`) as unknown });
  });
});
