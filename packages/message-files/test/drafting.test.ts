import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Layout, RecordFormat } from '@waybill/records';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { draft } from '../src/drafting/draft.ts';
import { loadMessageFile } from '../src/index.ts';
import { usualOptions } from './workshop.ts';

const pack = fileURLToPath(new URL('../../../plugins/pack-fulfillment/test/', import.meta.url));
const fixtures = join(pack, 'fixtures');

const known = { commands: [], events: [] };

/** Writes the draft into a folder of its own, and makes a pack of it. */
async function loaded(file: string) {
  const path = join(await temporaryFolder(), 'draft.message.yaml');
  await writeFile(path, file);
  const { pack: made, problems } = loadMessageFile(path, known);
  return { made, errors: problems.filter(({ severity }) => severity === 'error').map(({ message, line }) => `${line}: ${message}`) };
}

function dtd(name: string): { readonly kind: 'dtd'; readonly file: string; readonly text: string } {
  const file = join(fixtures, name);
  return { kind: 'dtd', file, text: readFileSync(file, 'utf8') };
}

const message = (body: string | Uint8Array) => ({
  id: 'm-1',
  createdAt: 0,
  encoding: 'utf-8',
  properties: {},
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

describe('a draft from a DTD', () => {
  it('says the elements in their order, how often they occur, and the words of attributes', async () => {
    const text = `<!ELEMENT Order (Number, Note*, (Card | Cash), Line+)>
<!ATTLIST Order version CDATA #FIXED "2.0" state (new|old) "new">
<!ELEMENT Number (#PCDATA)><!ELEMENT Note (#PCDATA)><!ELEMENT Card (#PCDATA)><!ELEMENT Cash EMPTY>
<!ELEMENT Line (#PCDATA)><!ATTLIST Line sku CDATA #REQUIRED>`;
    const { file, types, notes } = draft({ kind: 'dtd', file: join(fixtures, 'order.dtd'), text });
    expect(notes).toEqual([]);
    await expect(file).toMatchFileSnapshot('golden/order.message.yaml');
    await expect(types).toMatchFileSnapshot('golden/order.ts.txt');
    const { made, errors } = await loaded(file);
    expect(errors).toEqual([]);
    const body = '<Order version="2.0"><Number>7</Number><Cash/><Line sku="A">two</Line></Order>';
    expect(made?.read({ name: 'Order', version: '2.0' }, message(body), usualOptions(made as never))).toMatchObject({
      command: 'order.receive',
      input: { state: 'new', number: '7', cash: true, lines: [{ sku: 'A', text: 'two' }] },
    });
  });

  it('notes what it cannot carry over', async () => {
    const text = `<!ELEMENT Kit (Part*, Words, ((A, B)+))><!ELEMENT Part (Part*)><!ATTLIST Part id CDATA #REQUIRED>
<!ELEMENT Words (#PCDATA|B)*><!ELEMENT A (#PCDATA)><!ELEMENT B (#PCDATA)>`;
    const { file, notes } = draft({ kind: 'dtd', file: join(fixtures, 'kit.dtd'), text });
    expect(notes).toEqual([
      'Part contains itself: what the inner ones look like is not in the schema.',
      'Words holds text mixed with elements, or anything: only its text is read, and elements in it are refused.',
      'The group that begins with A may be missing here, though the DTD demands one.',
    ]);
    expect((await loaded(file)).errors).toEqual([]);
  });

  it('asks for the root where the DTD does not tell', () => {
    const source = { kind: 'dtd', file: join(fixtures, 'two.dtd'), text: '<!ELEMENT A EMPTY><!ELEMENT B EMPTY>' } as const;
    expect(() => draft(source)).toThrow('Several elements are inside of no other: A, B.');
    expect(() => draft({ ...source, root: 'C' })).toThrow('No element C is declared.');
    expect(draft({ ...source, root: 'B' }).file).toContain('message: B');
  });

  const names = [
    'Update_WCS_OrderStatus_30.dtd',
    'Create_WCS_Customer_30.dtd',
    'Report_NC_PO_10.dtd',
    'Report_WCS_PickPackListDetail_20.dtd',
  ];
  it.each(names)('of the reference can be loaded, and reads and writes its sample: %s', async (name) => {
    const { file } = draft(dtd(name));
    const { made, errors } = await loaded(file);
    expect(errors).toEqual([]);
    const [type] = made?.messages ?? [];
    if (made === undefined || type === undefined) throw new Error('no pack was made');
    const sample = (
      await Promise.all((await readdir(join(pack, 'samples'))).map(async (each) => readFile(join(pack, 'samples', each), 'utf8')))
    ).find((each) => each.includes(`<${type.name} version="${type.version}"`));
    const read = made.read(type, message(sample ?? ''), usualOptions(made));
    const again = made.compose(type, read, { time: '2026-03-14T16:20:05Z', messageId: 'm-2', options: {} });
    expect(made.read(type, message(String(again.body)), usualOptions(made))).toEqual(read);
  });
});

describe('a draft from samples', () => {
  it('reads them, and says what they cannot tell', async () => {
    const samples = await Promise.all(
      ['Update_WCS_OrderStatus', 'Inquire_WCS_PickPackListDetail'].map(async (name) => ({
        file: `${name}.xml`,
        body: await readFile(join(pack, 'samples', `${name}.xml`)),
      })),
    );
    for (const sample of samples) {
      const { file, notes } = draft({ kind: 'samples', samples: [sample] });
      const { made, errors } = await loaded(file);
      expect(errors).toEqual([]);
      const [type] = made?.messages ?? [];
      expect(() => made?.read({ name: type?.name ?? '', version: '1.0' }, message(sample.body), usualOptions(made as never))).not.toThrow();
      expect(notes.length).toBeGreaterThan(0);
    }
  });
});

describe('a draft from a copybook', () => {
  const text = `       01  STOCK.
           05  SKU       PIC X(8).
           05  ON-HAND   PIC S9(5)V99 COMP-3.
           05  SHELF     OCCURS 2.
               10  ROW   PIC 9(3).
`;

  it('is its layout, with which records are read, and the type of what they hold', async () => {
    const { file, types, notes } = draft({ kind: 'copybook', file: '/books/stock.cpy', text });
    expect(notes).toEqual([]);
    await expect(file).toMatchFileSnapshot('golden/stock.layout.yaml');
    await expect(types).toMatchFileSnapshot('golden/stock.ts.txt');
    const format = new RecordFormat(parse(file) as Layout, { encoding: 'iso-8859-1', units: 'bytes', signs: 'native' });
    const values = { SKU: 'BARROW', 'ON-HAND': '12.50', SHELF: [{ ROW: '7' }, { ROW: '12' }] };
    expect(format.decode(format.encode(values))).toEqual([values]);
  });

  it('says where a copybook is wrong', () => {
    expect(() => draft({ kind: 'copybook', file: '/books/stock.cpy', text: text.replace('PIC X(8).', 'PIC X(8)') })).toThrow(
      expect.objectContaining({ code: 'WB_RECORD_COPYBOOK' }),
    );
  });
});
