import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Framing, type Layout, RecordFormat } from '../src/index.ts';
import { anyRecord } from './support/any-record.ts';
import { declared, text } from './support/legacy.ts';

const encodings = ['cp037', 'cp500', 'cp1140', 'cp273', 'iso-8859-1', 'windows-1252', 'utf-8', 'shift_jis'];
const framings: readonly Framing[] = [{ kind: 'none' }, { kind: 'rdw' }, { kind: 'bdw', blockSize: 1_000 }];
const signs = ['translated', 'native'] as const;

describe('values of any layout', () => {
  it('are read as they were written, in every encoding and framing', () => {
    const where = fc.record({
      encoding: fc.constantFrom(...encodings),
      framing: fc.constantFrom(...framings),
      signs: fc.constantFrom(...signs),
    });
    fc.assert(
      fc.property(anyRecord, where, ({ layout, values }, options) => {
        const format = new RecordFormat(layout, { ...options, units: 'bytes' });
        expect(format.decode(format.encode([values, values]))).toEqual([values, values]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('fill records of exactly the size that their layout has', () => {
    fc.assert(
      fc.property(anyRecord, ({ layout, values }) => {
        const format = new RecordFormat(layout, { encoding: 'cp037', units: 'bytes' });
        expect(format.encode(values)).toHaveLength(format.places.size);
      }),
    );
  });
});

describe('a table with its count', () => {
  const layout: Layout = {
    name: 'R',
    items: [
      { name: 'HEAD', items: [{ name: 'COUNT', type: 'zoned', digits: 2 }] },
      {
        name: 'ROWS',
        occurs: { depending: 'COUNT', max: 20 },
        items: [
          { name: 'LENGTH', type: 'number', length: 3 },
          { name: 'TEXT', length: { in: 'LENGTH', max: 999 } },
        ],
      },
      { name: 'END', length: 3 },
    ],
  };
  // Every character but NUL: widths count characters, so that those outside the basic plane count once.
  const texts = fc.array(
    fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((each) => !each.includes('\0')),
    { maxLength: 20 },
  );

  it.each(['bytes', 'characters'] as const)('is filled in by the writer and read back, with lengths in %s', (units) => {
    const format = new RecordFormat(layout, { encoding: 'utf-8', units });
    fc.assert(
      fc.property(texts, (all) => {
        const bytes = format.encode({ ROWS: all.map((TEXT) => ({ TEXT })), END: 'end' });
        const length = (each: string) => String(units === 'bytes' ? Buffer.byteLength(each) : Array.from(each).length);
        const rows = all.map((TEXT) => ({ LENGTH: length(TEXT), TEXT }));
        expect(format.decode(bytes)).toEqual([{ HEAD: { COUNT: String(all.length) }, ROWS: rows, END: 'end' }]);
      }),
    );
  });
});

describe('user data of any text', () => {
  it('is read as it was written, tags and blanks included', () => {
    const format = declared('customer_new');
    const values = format.decode(Buffer.from(text('customer_new.txt')));
    const parts = fc.constantFrom('</DATUSR>', '<DATUSR>', '</HEADER>', ' ', 'a', '&', '<', '>', '€', '😀', '\n');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        const sent = {
          ...values,
          HEADER: { ...(values['HEADER'] as object), USRLST: { DATUSR: [{ NC_FieldName: 'NOTE', NC_FieldValue: all.join('') }] } },
        };
        const { HEADER } = format.decode(format.encode(sent)) as { HEADER: { USRLST: { DATUSR: { NC_FieldValue?: string }[] } } };
        expect(HEADER.USRLST.DATUSR[0]?.NC_FieldValue ?? '').toBe(all.join(''));
      }),
    );
  });
});
