import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, plugins, root, waybill } from './waybill.ts';

const count = `messages:
  - message: StockCount
    version: "1.0"
    summary: Sets the stock of products.
    command: inventory.set-levels
    body:
      - Line+:
          into: levels[]
          has:
            - "@shop": storeId as id
            - Sku: partNumber as id(64)
            - Counted: quantity as quantity
`;
const manifest = {
  plugins: [...plugins('transport-file', 'journal-sqlite', 'pack-fulfillment'), './stock.message.yaml'],
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' } },
  inbound: { stock: { connection: 'erp', pattern: 'stock-*.xml', messages: ['StockCount'] } },
};

/** A folder with a manifest that names a message file, and what reads it installed there. */
async function folderWithFile(text: string, more: object = {}): Promise<string> {
  const cwd = await folderWith({ 'waybill.json': { ...manifest, ...more }, 'stock.message.yaml': text });
  mkdirSync(join(cwd, 'node_modules', '@waybill'), { recursive: true });
  symlinkSync(join(root, 'packages', 'message-files'), join(cwd, 'node_modules', '@waybill', 'message-files'));
  return cwd;
}

describe('checking a manifest with a message file', () => {
  it('ends with 0 where both are in order', async () => {
    const cwd = await folderWithFile(count);
    const { code, stdout, stderr } = await waybill(['check'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('is in order: 4 plugins');
  });

  it('tells what is wrong with the file as what is wrong with the manifest, by the cards of the plugins', async () => {
    const cwd = await folderWithFile(
      count.replace('storeId', 'storeID').replace('as quantity', 'as qantity').replace('Sku: partNumber', 'Sku: 5'),
    );
    const { code, stdout } = await waybill(['check'], { cwd });
    expect(code).toBe(1);
    await expect(stdout).toMatchFileSnapshot('golden/check-message-file.txt');
  });

  it('tells a machine file, line and column', async () => {
    const cwd = await folderWithFile(count.replace('storeId', 'storeID'));
    const { code, stdout } = await waybill(['check', '--json'], { cwd });
    expect(code).toBe(1);
    const { ok, problems } = JSON.parse(stdout) as { readonly ok: boolean; readonly problems: readonly object[] };
    expect(ok).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'WB_MESSAGE_FILE_UNKNOWN_FIELD',
        file: join(cwd, 'stock.message.yaml'),
        line: 10,
        column: 15,
        hint: 'Did you mean "storeId"?',
      }),
    );
  });

  it('tells what is wrong with the manifest and with the file at once, each at its place', async () => {
    const wrong = { inbound: { stock: { connection: 'erp', patern: 'stock-*.xml' } } };
    const cwd = await folderWithFile(count.replace('storeId', 'storeID').replace('as quantity', 'as qantity'), wrong);
    const { code, stdout } = await waybill(['check', '--json'], { cwd });
    const { ok, problems } = JSON.parse(stdout) as {
      readonly ok: boolean;
      readonly problems: readonly Readonly<Record<string, unknown>>[];
    };
    expect([code, ok]).toEqual([1, false]);
    expect(problems.map(({ code: of, file, line }) => [of, file, typeof line])).toEqual([
      ['WB_MANIFEST_UNKNOWN_KEY', join(cwd, 'waybill.json'), 'number'],
      ['WB_MESSAGE_FILE_UNKNOWN_FIELD', join(cwd, 'stock.message.yaml'), 'number'],
      ['WB_MESSAGE_FILE_UNKNOWN_TYPE', join(cwd, 'stock.message.yaml'), 'number'],
    ]);
    expect((await waybill(['check'], { cwd })).stdout).toMatch(
      /patern[^]*stock\.message\.yaml:10:15[^]*stock\.message\.yaml:12:24[^]*3 problems\./,
    );
  });

  it('tells once what a file lacks, by whoever reads it', async () => {
    const cwd = await folderWithFile(
      count.replace('- message: StockCount\n    version', '- version').replace('as quantity', 'as qantity'),
      { jurnal: {} },
    );
    const { problems } = JSON.parse((await waybill(['check', '--json'], { cwd })).stdout) as {
      readonly problems: readonly { readonly code: string }[];
    };
    expect(problems.map(({ code }) => code).toSorted()).toEqual([
      'WB_MANIFEST_UNKNOWN_KEY',
      'WB_MESSAGE_FILE_NOTATION',
      'WB_MESSAGE_FILE_UNKNOWN_TYPE',
    ]);
  });

  it('blames no file for what a plugin that is missing may declare', async () => {
    const out = count.replace('command: inventory.set-levels', 'event: stock.counted').replace('as quantity', 'as qantity');
    const cwd = await folderWithFile(out, { plugins: [...manifest.plugins, '@acme/stock'] });
    const { problems } = JSON.parse((await waybill(['check', '--json'], { cwd })).stdout) as {
      readonly problems: readonly { readonly code: string }[];
    };
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['WB_PLUGIN_NOT_INSTALLED', 'WB_MESSAGE_FILE_UNKNOWN_TYPE']));
    expect(problems.map(({ code }) => code)).not.toContain('WB_MESSAGE_FILE_UNKNOWN_EVENT');
  });

  it('leaves it to the check of the manifest that a file is not there', async () => {
    const cwd = await folderWithFile(count, { plugins: [...manifest.plugins, './nobody.message.yaml'] });
    const { problems } = JSON.parse((await waybill(['check', '--json'], { cwd })).stdout) as {
      readonly problems: readonly { readonly code: string }[];
    };
    expect(problems.map(({ code }) => code)).toEqual(['WB_MESSAGE_FILE_UNREADABLE']);
  });

  it('warns of a command that only the application can know, which is an error with --strict', async () => {
    const cwd = await folderWithFile(count.replace('inventory.set-levels', 'inventory.count'));
    const { code, stdout } = await waybill(['check'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Warning: No plugin and not this file declares the command "inventory.count"') as string,
    });
    expect((await waybill(['check', '--strict'], { cwd })).code).toBe(1);
  });
});

describe('the messages of a file', () => {
  const body = '<StockCount>\n  <Line shop="10151">\n    <Sku>HP-LAMP-02</Sku>\n    <Counted>240</Counted>\n  </Line>\n</StockCount>\n';

  it('are decoded and encoded as those of packs with code', async () => {
    const cwd = await folderWithFile(count);
    writeFileSync(join(cwd, 'stock.xml'), body);
    const decoded = await waybill(['decode', 'stock.xml'], { cwd });
    expect(JSON.parse(decoded.stdout)).toMatchObject({
      pack: 'stock',
      message: 'StockCount@1.0',
      command: 'inventory.set-levels',
      input: { levels: [{ partNumber: 'HP-LAMP-02', quantity: '240', storeId: '10151' }] },
      businessKeys: { sku: 'HP-LAMP-02' },
    });
    writeFileSync(join(cwd, 'data.json'), decoded.stdout);
    const encoded = await waybill(['encode', 'StockCount', 'data.json'], { cwd });
    expect(encoded).toMatchObject({ code: 0, stdout: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` });
  });

  it('have their tables and samples', async () => {
    const cwd = await folderWithFile(count);
    const explained = await waybill(['explain', 'StockCount'], { cwd });
    expect(explained).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('| `Line@shop` | 1 | text, not empty | `levels[].storeId` |') as string,
    });
    const sample = await waybill(['sample', 'StockCount', '--seed', '7'], { cwd });
    writeFileSync(join(cwd, 'sample.xml'), sample.stdout);
    expect(await waybill(['decode', 'sample.xml'], { cwd })).toMatchObject({ code: 0 });
  });

  it('are told with what is wrong, where they cannot be read', async () => {
    const cwd = await folderWithFile(count.replace('storeId', 'storeID'));
    writeFileSync(join(cwd, 'stock.xml'), body);
    const { code, stderr } = await waybill(['decode', 'stock.xml'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('stock.message.yaml:10:15') as string });
  });
});

describe('the schema for message files', () => {
  it('names the commands and events of the plugins', async () => {
    const cwd = await folderWithFile(count);
    const { code, stdout } = await waybill(['schema', '--messages'], { cwd });
    expect(code).toBe(0);
    const schema = JSON.parse(stdout) as { readonly title: string };
    expect(schema.title).toBe('Waybill message file');
    expect(stdout).toContain('"inventory.set-levels"');
    expect(stdout).toContain('"order.created"');
  });

  it('says what to install where nothing reads message files', async () => {
    const cwd = await folderWith({});
    const { code, stderr } = await waybill(['schema', '--messages'], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('npm install @waybill/message-files') as string });
  });
});

describe('running a manifest with a message file', () => {
  it('ends with what is wrong in the file, and starts nothing', async () => {
    const cwd = await folderWithFile(count);
    const { code, stderr } = await waybill(['run'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('WB_MESSAGE_FILE_UNHANDLED  The application has no handler for inventory.set-levels.');
    expect(stderr).toContain('stock.message.yaml:5:14');
  });
});
