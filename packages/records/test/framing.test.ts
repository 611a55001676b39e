import { describe, expect, it } from 'vitest';
import { type Layout, RecordFormat, type RecordFormatOptions } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

const layout: Layout = { name: 'R', items: [{ name: 'A', length: 4 }] };
const three = [{ A: 'one' }, { A: 'two' }, { A: 'thre' }];

function format(options: RecordFormatOptions): RecordFormat {
  return new RecordFormat(layout, options);
}

describe('records without framing', () => {
  it('follow each other', () => {
    expect(format({}).decode(Buffer.from('one two thre'))).toEqual(three);
    expect(format({}).decode(new Uint8Array())).toEqual([]);
  });

  it('are refused where the last is cut', () => {
    expect(refusal(() => format({}).decode(Buffer.from('one tw')))).toMatchObject({ code: 'WB_RECORD_TOO_SHORT', at: 'R/A, character 4' });
  });
});

describe('lines', () => {
  it.each(['cp037', 'cp1047', 'iso-8859-1', 'utf-8', 'shift_jis'])('are read as they were written in %s', (encoding) => {
    for (const units of ['bytes', 'characters'] as const) {
      const lines = format({ encoding, units, framing: { kind: 'lines' } });
      expect(lines.decode(lines.encode(three))).toEqual(three);
    }
  });

  it('end with NEL in EBCDIC, and with LF elsewhere', () => {
    expect(Buffer.from(format({ encoding: 'cp037', framing: { kind: 'lines' } }).encode({ A: ' ' })).toString('hex')).toBe('4040404015');
    expect(Buffer.from(format({ framing: { kind: 'lines' } }).encode({ A: ' ' })).toString()).toBe('    \n');
  });

  it('may end with any text, the longest first, and the last one with nothing', () => {
    const lines = format({ units: 'bytes', framing: { kind: 'lines', ends: ['|', '||', '\u0085'] } });
    expect(lines.decode(Buffer.from('one ||two |thre\u0085éa \u0085one '))).toEqual([...three, { A: 'éa' }, { A: 'one' }]);
  });

  it('are told by their number', () => {
    const lines = format({ framing: { kind: 'lines' } });
    expect(refusal(() => lines.decode(Buffer.from('one \ntwo !\n')))).toMatchObject({
      code: 'WB_RECORD_TOO_LONG',
      at: 'R[2], character 9',
    });
    expect(refusal(() => lines.decode(Buffer.from('one \n\n')))).toMatchObject({ code: 'WB_RECORD_TOO_SHORT', at: 'R[2]/A, character 5' });
  });
});

describe('lines whose blanks a transport has cut', () => {
  const items: Layout['items'] = [
    { name: 'N', type: 'number', length: 2 },
    { name: 'T', occurs: { depending: 'N', max: 9 }, items: [{ name: 'X', length: 2 }] },
    { name: 'U', length: 4 },
    { name: 'P', length: 1, value: 'p' },
  ];
  const lines = new RecordFormat({ name: 'R', items }, { short: 'blank', framing: { kind: 'lines' } });

  it('have blanks there, in fields and in tables', () => {
    const some = new RecordFormat({ name: 'R', items: items.slice(0, 3) }, { short: 'blank', framing: { kind: 'lines' } });
    expect(some.decode(Buffer.from('2 ab\n1 abé€\n\n'))).toEqual([
      { N: '2', T: [{ X: 'ab' }, {}] },
      { N: '1', T: [{ X: 'ab' }], U: 'é€' },
      { T: [] },
    ]);
  });

  it('are refused where a constant was cut', () => {
    expect(refusal(() => lines.decode(Buffer.from('0\n')))).toMatchObject({ code: 'WB_RECORD_WRONG_CONSTANT', at: 'R[1]/P, character 6' });
  });
});

describe('records with their length in front', () => {
  const lengths = format({ encoding: 'cp037', units: 'bytes', framing: { kind: 'rdw' } });

  it('are read as they were written', () => {
    const bytes = lengths.encode(three);
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('0008000096958540');
    expect(lengths.decode(bytes)).toEqual(three);
  });

  it('are refused where they are longer than a record can be', () => {
    const long = new RecordFormat({ name: 'R', items: [{ name: 'A', length: 32_757 }] }, { encoding: 'cp037', framing: { kind: 'rdw' } });
    expect(refusal(() => long.encode({}))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R' });
  });

  it('are refused where a record comes in several parts', () => {
    const parts = Buffer.from('000801009695854000080200969585', 'hex');
    expect(refusal(() => lengths.decode(parts))).toMatchObject({ code: 'WB_RECORD_FRAME', at: 'RDW, byte 0' });
  });
});

describe('blocks of records', () => {
  const blocks = format({ encoding: 'cp037', units: 'bytes', framing: { kind: 'bdw', blockSize: 20 } });

  it('hold as many records as they have room for', () => {
    const bytes = Buffer.from(blocks.encode(three));
    expect([bytes.length, bytes.readUInt16BE(0), bytes.readUInt16BE(20)]).toEqual([32, 20, 12]);
    expect(blocks.decode(bytes)).toEqual(three);
  });

  it('are refused where a record is longer than a block', () => {
    const small = format({ encoding: 'cp037', framing: { kind: 'bdw', blockSize: 11 } });
    expect(refusal(() => small.encode(three))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R[1]' });
  });

  it('are refused where they hold nothing', () => {
    expect(refusal(() => blocks.decode(Uint8Array.of(0, 4, 0, 0)))).toMatchObject({ code: 'WB_RECORD_FRAME', at: 'BDW, byte 0' });
  });
});
