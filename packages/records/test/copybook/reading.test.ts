import { describe, expect, it } from 'vitest';
import { type CopybookOptions, type Item, layoutFromCopybook, RecordFormat } from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

function itemsOf(text: string, options: CopybookOptions = {}): readonly Item[] {
  return layoutFromCopybook(text, { columns: 'free', ...options }).items;
}

describe('the words of a copybook', () => {
  it('are the same in upper and lower case', () => {
    expect(itemsOf('01 r. 05 amount pic s9(3)v99 comp-3.')).toEqual([
      { name: 'amount', type: 'packed', digits: 5, decimals: 2, signed: true },
    ]);
  });

  it.each([
    ['PIC 9(4) BINARY', { type: 'binary', digits: 4 }],
    ['PIC IS 9(4) USAGE IS COMPUTATIONAL', { type: 'binary', digits: 4 }],
    ['PICTURE 9(4) COMP-5', { type: 'binary', digits: 4, native: true }],
    ['PIC 9(4) PACKED-DECIMAL', { type: 'packed', digits: 4 }],
    ['PIC S9(4) SIGN IS LEADING SEPARATE CHARACTER', { type: 'zoned', digits: 4, signed: true, sign: 'leading', separate: true }],
    ['PIC S9(4) TRAILING', { type: 'zoned', digits: 4, signed: true }],
    ['PIC X(4) JUSTIFIED RIGHT', { type: 'text', length: 4, justify: 'right' }],
    ['PIC XX/XX/XX', { type: 'text', length: 8 }],
    ['PIC A(2)9', { type: 'text', length: 3 }],
    ['PIC ZZ9 BLANK WHEN ZERO', { type: 'edited', picture: 'ZZ9', blankWhenZero: true }],
    ['PIC 9(4) VALUE ZEROES', { type: 'zoned', digits: 4 }],
    ["PIC X(4) VALUE 'A.B'", { type: 'text', length: 4 }],
    ['PIC 9(4) VALUE +1.5, GLOBAL', { type: 'zoned', digits: 4 }],
  ])('%s', (clauses, field) => {
    expect(itemsOf(`01 R. 05 A ${clauses}.`)).toEqual([{ name: 'A', ...field }]);
  });

  it('that stand between a table and its index are read over', () => {
    const text = '01 R. 05 N PIC 9. 05 T OCCURS 1 TO 9 TIMES DEPENDING ON N ASCENDING KEY IS K INDEXED BY I J. 10 K PIC X.';
    expect(itemsOf(text)[1]).toEqual({
      name: 'T',
      items: [{ name: 'K', type: 'text', length: 1 }],
      occurs: { depending: 'N', min: 1, max: 9 },
    });
  });

  it('that are comments do not count', () => {
    expect(itemsOf("01 R. *> it's a record\n*> 05 B PIC X.\n05 A PIC X.")).toEqual([{ name: 'A', type: 'text', length: 1 }]);
  });
});

describe('items of a copybook', () => {
  it('without a record around them are the record', () => {
    expect(itemsOf('05 A PIC X. 05 B. 10 C PIC 9.')).toEqual([
      { name: 'A', type: 'text', length: 1 },
      { name: 'B', items: [{ name: 'C', type: 'zoned', digits: 1 }] },
    ]);
  });

  it('below a group without a name stand where the group stands', () => {
    expect(itemsOf('01 R. 05 FILLER. 10 A PIC X. 10 FILLER PIC X(2). 05 B PIC X.')).toEqual([
      { name: 'A', type: 'text', length: 1 },
      { filler: 2 },
      { name: 'B', type: 'text', length: 1 },
    ]);
  });

  it('take over the sign of their group', () => {
    const [group] = itemsOf('01 R. 05 G SIGN LEADING SEPARATE. 10 A PIC S9. 10 B PIC 9.') as readonly { readonly items: readonly Item[] }[];
    expect(group?.items).toEqual([
      { name: 'A', type: 'zoned', digits: 1, signed: true, sign: 'leading', separate: true },
      { name: 'B', type: 'zoned', digits: 1 },
    ]);
  });
});

describe('items that share a place', () => {
  const days = '01 R. 05 NAMES PIC X(9). 05 FILLER REDEFINES NAMES. 10 NAME PIC X(3) OCCURS 3.';
  const bytes = Buffer.from('MONTUEWED');

  it('are told apart by whoever reads the copybook: nothing is guessed', () => {
    const format = new RecordFormat(layoutFromCopybook(days, { columns: 'free' }));
    const error = refusal(() => format.decode(bytes));
    expect({ code: error.code, at: error.at }).toEqual({ code: 'WB_RECORD_NO_ALTERNATIVE', at: 'R/NAMES, character 0' });
  });

  it('may always be the same one, also one without a name', () => {
    const layout = layoutFromCopybook(days, { columns: 'free', choose: { names: { always: 'FILLER-1' } } });
    expect(new RecordFormat(layout).decode(bytes)).toEqual([{ 'FILLER-1': { NAME: ['MON', 'TUE', 'WED'] } }]);
  });

  it('may be a table', () => {
    const text = '01 R. 05 A PIC X(6). 05 T REDEFINES A PIC 9(2) OCCURS 3.';
    const format = new RecordFormat(layoutFromCopybook(text, { columns: 'free', choose: { A: { always: 'T' } } }));
    expect(format.decode(Buffer.from('010203'))).toEqual([{ T: ['1', '2', '3'] }]);
    expect(Buffer.from(format.encode({ T: ['4', '5', '6'] })).toString()).toBe('040506');
  });
});

describe('a file of several kinds of records', () => {
  const text =
    '01 HEAD. 05 KIND PIC X. 05 DAY-OF PIC 9(8). 01 LINE-ITEM. 05 KIND PIC X. 05 SKU PIC X(12). 05 N PIC 9(3). 01 TAIL. 05 KIND PIC X. 05 N PIC 9(2).';
  const layout = layoutFromCopybook(text, {
    columns: 'free',
    choose: { HEAD: { by: 'KIND', cases: { H: 'HEAD', L: 'LINE-ITEM' }, otherwise: 'TAIL' } },
  });
  const format = new RecordFormat(layout, { encoding: 'cp037', units: 'bytes', framing: { kind: 'rdw' } });
  const records = [
    { HEAD: { KIND: 'H', 'DAY-OF': '20260314' } },
    { 'LINE-ITEM': { KIND: 'L', SKU: 'BARROW', N: '3' } },
    { TAIL: { KIND: 'T', N: '1' } },
  ];

  it('is read and written, each in its own length', () => {
    const bytes = format.encode(records);
    expect(bytes).toHaveLength(4 + 9 + 4 + 16 + 4 + 3);
    expect(format.decode(bytes)).toEqual(records);
  });

  it('is refused when a record is of one kind and says that it is of another', () => {
    const error = refusal(() => format.encode({ TAIL: { KIND: 'L', N: '1' } }));
    expect({ code: error.code, at: error.at }).toEqual({ code: 'WB_RECORD_NO_ALTERNATIVE', at: 'TAIL' });
  });

  it('is told by the name of one record where only that is wanted', () => {
    expect(layoutFromCopybook(text, { columns: 'free', record: 'tail' })).toMatchObject({
      name: 'TAIL',
      items: [{ name: 'KIND' }, { name: 'N' }],
    });
  });
});

describe('a count inside a group', () => {
  it('is named with its group where there are two of the name', () => {
    const text = '01 R. 05 A. 10 N PIC 9. 05 B. 10 N PIC 9. 05 T PIC X OCCURS 0 TO 9 DEPENDING ON N OF A.';
    const format = new RecordFormat(layoutFromCopybook(text, { columns: 'free' }));
    expect(format.decode(Buffer.from('20xy'))).toEqual([{ A: { N: '2' }, B: { N: '0' }, T: ['x', 'y'] }]);
  });

  it('of the same entry counts for it alone', () => {
    const text = '01 R. 05 O OCCURS 2. 10 N PIC 9. 10 T PIC X OCCURS 0 TO 9 DEPENDING ON N.';
    const format = new RecordFormat(layoutFromCopybook(text, { columns: 'free' }));
    const values = {
      O: [
        { N: '1', T: ['a'] },
        { N: '3', T: ['b', 'c', 'd'] },
      ],
    };
    expect(format.decode(Buffer.from('1a3bcd'))).toEqual([values]);
    expect(Buffer.from(format.encode({ O: [{ T: ['a'] }, { T: ['b', 'c', 'd'] }] })).toString()).toBe('1a3bcd');
  });
});
