import { decode, encodingNamed } from '@waybill/text';
import { describe, expect, it } from 'vitest';
import { type Field, RecordFormat, type RecordFormatOptions } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

type Unnamed = Field extends infer Each ? (Each extends Field ? Omit<Each, 'name'> : never) : never;

function format(field: Unnamed, options?: RecordFormatOptions): RecordFormat {
  return new RecordFormat({ name: '', items: [{ ...field, name: 'A' }] }, options);
}

const read = (field: Unnamed, text: string, options?: RecordFormatOptions) => format(field, options).decode(Buffer.from(text))[0]?.['A'];
const write = (field: Unnamed, value: string, options?: RecordFormatOptions) =>
  Buffer.from(format(field, options).encode({ A: value })).toString();

describe('dates and times', () => {
  it.each([
    ['date', 'YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['date', 'DD.MM.YYYY', '29.02.2024', '2024-02-29'],
    ['date', 'YYYYDDD', '2024366', '2024-12-31'],
    ['time', 'hhmm', '2359', '23:59:00'],
    ['time', 'hh:mm:ss', '23:59:58', '23:59:58'],
    ['timestamp', undefined, '2024-03-14-16.20.05.120000', '2024-03-14T16:20:05.12'],
    ['timestamp', 'YYYYMMDDhhmmss', '20240314162005', '2024-03-14T16:20:05'],
    ['timestamp', 'YYYY-MM-DDThh:mm', '2024-03-14T16:20', '2024-03-14T16:20:00'],
  ] as const)('%s in the form %s: %s', (type, form, text, value) => {
    const field = { type, ...(form === undefined ? {} : { format: form }) };
    expect([read(field, text), write(field, value)]).toEqual([value, text]);
  });

  it('with two digits of the year belong to the century that the pivot says', () => {
    const field = { type: 'date', format: 'YYMMDD', pivot: 70 } as const;
    expect([read(field, '690101'), read(field, '700101'), write(field, '1999-12-31'), write(field, '2069-12-31')]).toEqual([
      '2069-01-01',
      '1970-01-01',
      '991231',
      '691231',
    ]);
    expect(refusal(() => write(field, '2070-01-01'))).toMatchObject({ code: 'WB_RECORD_BAD_VALUE', at: 'A' });
  });

  it('end a day at 24:00 as the next one begins', () => {
    expect(read({ type: 'timestamp' }, '2024-12-31-24.00.00.000000')).toBe('2025-01-01T00:00:00');
  });

  it.each([
    ['date', 'YYYYDDD', '2023366'],
    ['date', 'YYYYDDD', '2024000'],
    ['date', 'YYYY-MM-DD', '2024/02/28'],
    ['time', 'hhmm', '2400'],
    ['timestamp', 'YYYYMMDDhhmm', '202413141620'],
  ] as const)('that do not exist, or are not in their form, are refused: %s %s %s', (type, form, text) => {
    expect(refusal(() => read({ type, format: form }, text))).toMatchObject({ code: 'WB_RECORD_BAD_VALUE', at: 'A, character 0' });
  });

  it.each([
    ['a zone', { type: 'timestamp' }, '2024-03-14T16:20:05Z'],
    ['more of a second than there is room for', { type: 'timestamp', format: 'YYYYMMDDhhmmssff' }, '2024-03-14T16:20:05.123'],
    ['seconds where there are none', { type: 'timestamp', format: 'YYYYMMDDhhmm' }, '2024-03-14T16:20:05'],
    ['another form', { type: 'date' }, '14.03.2024'],
  ] satisfies [string, Unnamed, string][])('are not written with %s', (_what, field, value) => {
    expect(refusal(() => write(field, value))).toMatchObject({ code: 'WB_RECORD_BAD_VALUE', at: 'A' });
  });

  it('may say by a text that there is none, which is written as blanks', () => {
    const field = { type: 'date', none: ['00000000'] } as const;
    expect([read(field, '00000000'), read(field, '        ')]).toEqual([undefined, undefined]);
    expect(refusal(() => read(field, '99999999'))).toMatchObject({ at: 'A, character 0' });
  });
});

describe('edited pictures', () => {
  it.each([
    ['ZZ,ZZ9.99-', '-1234.5', ' 1,234.50-', '-1234.50'],
    ['ZZ,ZZ9.99-', '0', '     0.00 ', '0.00'],
    ['$$,$$9.99', '1234.5', '$1,234.50', '1234.50'],
    ['$$,$$9.99', '7', '    $7.00', '7.00'],
    ['$$,$$9.99', '123', '  $123.00', '123.00'],
    ['+++9', '5', '  +5', '5'],
    ['+++9', '-123', '-123', '-123'],
    ['--9.9', '-2.5', ' -2.5', '-2.5'],
    ['**,**9.99', '42', '****42.00', '42.00'],
    ['$**9', '7', '$**7', '7'],
    ['***.**', '0', '***.**', '0.00'],
    ['ZZZ', '0', '   ', '0'],
    ['ZZZ.ZZ', '0.05', '   .05', '0.05'],
    ['9(4)CR', '-12', '0012CR', '-12'],
    ['9(4)DB', '12', '0012  ', '12'],
    ['99/99/9999', '31122024', '31/12/2024', '31122024'],
    ['9B9', '42', '4 2', '42'],
    ['Z9V99', '1.25', ' 125', '1.25'],
  ])('%s prints %s as COBOL does', (picture, value, text, back) => {
    const field = { type: 'edited', picture } as const;
    expect([write(field, value), read(field, text)]).toEqual([text, back]);
  });

  it('are read only as they would be printed', () => {
    expect(refusal(() => read({ type: 'edited', picture: 'ZZ,ZZ9.99' }, '01,234.50'))).toMatchObject({ at: 'A, character 0' });
    expect(refusal(() => read({ type: 'edited', picture: 'ZZ,ZZ9.99' }, ' 1.234,50'))).toMatchObject({ at: 'A, character 2' });
    expect(refusal(() => read({ type: 'edited', picture: '9(3)' }, '12-'))).toMatchObject({ at: 'A, character 2' });
  });

  it('have blanks for a number that is absent, where blanks are not zero', () => {
    expect(read({ type: 'edited', picture: 'Z9.9' }, '    ')).toBeUndefined();
    expect(read({ type: 'edited', picture: 'Z9.9', blankWhenZero: true }, '    ')).toBe('0.0');
  });
});

describe('binary numbers', () => {
  it('of the machine hold what their bytes can hold, in its byte order', () => {
    const field = { type: 'binary', digits: 4, signed: true, native: true } as const;
    const little = format(field, { encoding: 'latin-1', nativeOrder: 'little' });
    expect(Buffer.from(little.encode({ A: '-32768' })).toString('hex')).toBe('0080');
    expect(little.decode(Uint8Array.of(0xff, 0x7f))).toEqual([{ A: '32767' }]);
    expect(refusal(() => little.encode({ A: '32768' }))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'A' });
  });

  it('of eight bytes are exact to the last digit', () => {
    const field = { type: 'binary', digits: 18, decimals: 2, signed: true } as const;
    const made = format(field, { encoding: 'cp037' });
    expect(made.decode(made.encode({ A: '-9999999999999999.99' }))).toEqual([{ A: '-9999999999999999.99' }]);
  });
});

describe('zoned numbers that are blank when zero', () => {
  it('are so in both directions', () => {
    const field = { type: 'zoned', digits: 3, blankWhenZero: true } as const;
    expect([write(field, '0'), write(field, '7'), read(field, '   ')]).toEqual(['   ', '007', '0']);
  });
});

describe('an encoding', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const singles = ['cp037', 'cp500', 'cp1047', 'cp1140', 'cp273', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'cp437', 'koi8-r'];

  it.each(singles)('of one byte a character gives the characters that its table has: %s', (encoding) => {
    const made = format({ type: 'text', length: 1 }, { encoding });
    const found = Array.from(bytes, (byte) => outcome(() => made.decode(Uint8Array.of(byte))[0]?.['A']));
    const wanted = Array.from(bytes, (byte) => {
      const sign = outcome(() => decode(Uint8Array.of(byte), encodingNamed(encoding)));
      return sign === '\0' ? 'refused' : sign === ' ' ? undefined : sign;
    });
    expect(found).toEqual(wanted);
  });

  it.each(singles)('of one byte a character gives the same bytes back: %s', (encoding) => {
    const made = format({ type: 'text', length: 1 }, { encoding });
    const characters = Array.from(bytes, (byte) => outcome(() => made.decode(Uint8Array.of(byte))[0]?.['A'])).filter(
      (each) => each !== 'refused',
    );
    const again = characters.map((A) => made.encode({ A: A as string })[0]);
    expect(again.map((byte) => outcome(() => made.decode(Uint8Array.of(byte!))[0]?.['A']))).toEqual(characters);
  });

  it('with bytes that are no characters may have numbers in them', () => {
    const layout = {
      name: 'R',
      items: [
        { name: 'P', type: 'packed', digits: 3 },
        { name: 'T', length: 2 },
      ],
    } as const;
    const made = new RecordFormat(layout, { encoding: 'windows-1252' });
    expect(made.decode(Uint8Array.of(0x81, 0x1f, 0x61, 0x62))).toEqual([{ P: '811', T: 'ab' }]);
    expect(refusal(() => made.decode(Uint8Array.of(0x81, 0x1f, 0x61, 0x81)))).toMatchObject({
      code: 'WB_RECORD_BAD_CHARACTER',
      at: 'R/T, character 3',
    });
  });

  it('of several bytes counts what it is told to count', () => {
    const field = { type: 'text', length: 4 } as const;
    const shiftJis = (units: 'bytes' | 'characters') =>
      Buffer.from(format(field, { encoding: 'shift_jis', units }).encode({ A: '日本' })).toString('hex');
    expect([shiftJis('bytes'), shiftJis('characters')]).toEqual(['93fa967b', '93fa967b2020']);
  });

  it('keeps a byte order mark that stands inside a record', () => {
    const layout = {
      name: 'R',
      items: [
        { name: 'A', length: 1 },
        { name: 'B', length: 4 },
      ],
    } as const;
    const made = new RecordFormat(layout, { units: 'bytes' });
    expect(made.decode(Buffer.from('x\ufeffy'))).toEqual([{ A: 'x', B: '\ufeffy' }]);
  });
});

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch {
    return 'refused';
  }
}
