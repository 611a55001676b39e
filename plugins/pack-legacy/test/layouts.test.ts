import { typeName } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import type { MessageTable } from '../src/layouts/message.ts';
import { type FieldRow, leastOf, type RecordTable } from '../src/layouts/record.ts';
import { tables } from '../src/tables.ts';

const width = ({ rows }: RecordTable): number => rows.reduce((sum, [, each]) => sum + each, 2);
const records = ({ headers, items }: MessageTable): readonly RecordTable[] => [...headers, ...(items === undefined ? [] : [items.record])];
const marks = ({ rows }: RecordTable): string => rows.map(([, , evidence]: FieldRow) => evidence).join('');

describe('the records', () => {
  it('have the widths of the reference', () => {
    const widths = Object.entries(tables).map(([name, table]) => [name, ...records(table).map(width)]);
    expect(widths).toEqual([
      ['OrderCreate@01', 440, 1101, 940, 542, 1338],
      ['CustomerNew@01', 2100],
      ['CustomerUpdate@01', 2100],
      ['OrderStatusUpdate@01', 172, 148],
      ['OrderStatusUpdate@02', 172, 238],
      ['ProductPriceUpdate@01', 130],
      ['ProductPriceUpdate@02', 194],
      ['ProductQuantityUpdate@01', 96],
    ]);
  });

  it('are documented as far as the reference has them, and may end behind that where it is enough', () => {
    const variant = { widths: {}, cuts: false, endsEarly: false };
    const ends = (endsEarly: boolean) =>
      Object.values(tables).map((table) => records(table).map((each) => leastOf(each, { ...variant, endsEarly })));
    const documented = [
      [undefined, undefined, undefined, undefined, 490],
      [1312],
      [569],
      [undefined, 2],
      [undefined, 148],
      [104],
      [168],
      [undefined],
    ];
    expect(ends(true)).toEqual(documented);
    expect(ends(false)).toEqual(documented.map((each, index) => (index === 2 ? [undefined] : index === 3 ? [undefined, undefined] : each)));
  });

  it('say field by field how well that is known', () => {
    expect(marks(tables['CustomerNew@01']?.headers[0] as RecordTable)).toBe(`${'D'.repeat(16)}N${'H'.repeat(9)}`);
    expect(marks(tables['CustomerUpdate@01']?.headers[0] as RecordTable)).toBe(`${'D'.repeat(7)}${'H'.repeat(19)}`);
    expect(marks(tables['OrderStatusUpdate@01']?.items?.record as RecordTable)).toBe('L'.repeat(9));
    expect(marks(tables['OrderStatusUpdate@02']?.items?.record as RecordTable)).toBe(`${'D'.repeat(9)}NHHHHH`);
  });
});

describe.each(pack.messages.map((type) => [typeName(type), type] as const))('the table of %s', (name, type) => {
  const fields = type.fields?.() ?? [];

  it('has every field of the layout, with its width and how well it is known', () => {
    const table = tables[name] as MessageTable;
    for (const record of records(table)) {
      for (const [field, wide, evidence] of record.rows) {
        const line = fields.find(({ path }) => path.endsWith(`/${record.tag}/${field}`));
        const known = evidence === 'D' ? 'documented' : '.*inferred.*';
        expect(`${field}: ${line?.description}`).toMatch(new RegExp(`; ${wide === 0 ? 'no room' : `${wide} wide`}, ${known}$`));
      }
    }
  });

  it('names the fields of user data where there are some', () => {
    const paths = fields.filter(({ path }) => path.includes('DATUSR/')).map(({ path }) => path);
    const wanted = ['HEADER/USRLST/DATUSR/NC_FieldName', 'HEADER/USRLST/DATUSR/NC_FieldValue'];
    const inItems = ['ITMLST/ITMDAT/USRLST/DATUSR/NC_FieldName', 'ITMLST/ITMDAT/USRLST/DATUSR/NC_FieldValue'];
    const { userData, items } = tables[name] as MessageTable;
    expect(paths).toEqual([...(userData ? wanted : []), ...(items === undefined ? [] : inItems)]);
  });
});
