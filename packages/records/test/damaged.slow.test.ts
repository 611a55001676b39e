import { isWaybillError } from '@waybill/contract';
import { decode, encode } from '@waybill/text';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Layout,
  layoutFromCopybook,
  RecordFormat,
  type RecordValues,
  type Tag,
  TaggedFormat,
  type TaggedFormatOptions,
} from '../src/index.ts';
import { damaged } from './support/damage.ts';
import { bytes, declarations } from './support/legacy.ts';
import { formatOf, recordCases } from './support/record-cases.ts';

const runs = Number(process.env['WAYBILL_FUZZ_RUNS'] ?? 10_000);

/** What is read, or undefined where it is refused with an error of ours that names a place. */
function read<Values>(act: () => Values): Values | undefined {
  try {
    return act();
  } catch (error) {
    if (isWaybillError(error) && !error.retryable && /^(.*, )?(byte|character) \d+$/.test(error.at ?? '')) return undefined;
    throw error;
  }
}

describe('damaged records with numbers of mainframes', () => {
  const copybook = [
    '01 R.',
    ' 05 K PIC X(3).',
    ' 05 N PIC S9(5)V99 COMP-3.',
    ' 05 Z PIC S9(4).',
    ' 05 C PIC 9(2).',
    ' 05 T OCCURS 0 TO 5 DEPENDING ON C.',
    '  10 A PIC X(2).',
    '  10 B PIC 9(4) COMP.',
  ];
  const format = new RecordFormat(layoutFromCopybook(copybook.join('\n'), { columns: 'free' }), { encoding: 'cp037', units: 'bytes' });
  const record = {
    K: 'ABC',
    N: '-123.45',
    Z: '42',
    T: [
      { A: 'x', B: '7' },
      { A: 'yz', B: '9999' },
    ],
  };
  const original = format.encode(record);

  /** A second reader, by patterns over the hex of one record: what it does not take, nobody may take. */
  function byPattern(hex: string): RecordValues | undefined {
    const [, k, n, nSign, z, zSign, zLast, c, rows] =
      /^((?:(?!00)..){3})(\d{7})([a-f])((?:f\d){3})([a-f])(\d)((?:f\d){2})((?:.{8})*)$/.exec(hex) ?? (blankNumbers(hex) || []);
    if (k === undefined || rows === undefined) return undefined;
    const count = c === '4040' ? 0 : Number(c!.replaceAll('f', ''));
    if (c === '4040' || count > 5 || rows.length !== count * 8) return undefined;
    const entries = rows.match(/.{8}/g) ?? [];
    if (entries.some((entry) => /^(..)?00/.test(entry.slice(0, 4)) || Number.parseInt(entry.slice(4), 16) > 9_999)) return undefined;
    return {
      K: textOf(k),
      N: numberOf(n!, 2, nSign!),
      Z: z === '404040' ? undefined : numberOf(`${z!.replaceAll('f', '')}${zLast}`, 0, zSign!),
      C: String(count),
      T: entries.map((entry) => ({ A: textOf(entry.slice(0, 4)), B: String(Number.parseInt(entry.slice(4), 16)) })),
    };
  }

  /** The zoned number is blank. */
  function blankNumbers(hex: string): RegExpExecArray | null {
    return /^((?:(?!00)..){3})(\d{7})([a-f])(404040)(4)(0)((?:f\d){2})((?:.{8})*)$/.exec(hex);
  }

  function textOf(hex: string): string | undefined {
    return decode(Buffer.from(hex, 'hex'), 'cp037').replace(/ +$/, '') || undefined;
  }

  function numberOf(digits: string, decimals: number, sign: string): string {
    const value = BigInt(digits);
    const plain = String(value).padStart(decimals + 1, '0');
    const text = decimals === 0 ? plain : `${plain.slice(0, -decimals)}.${plain.slice(-decimals)}`;
    return value !== 0n && (sign === 'b' || sign === 'd') ? `-${text}` : text;
  }

  it('are read as a second reader reads them, or refused as it refuses them', () => {
    fc.assert(
      fc.property(
        damaged(original, [Buffer.from('4040', 'hex'), Buffer.from('f1', 'hex'), Buffer.from('00', 'hex'), Buffer.from('d3', 'hex')]),
        (damage) => {
          const found = read(() => format.decode(damage));
          const expected = byPattern(Buffer.from(damage).toString('hex'));
          // Records follow each other without anything between, so that a longer input may be two of them.
          fc.pre(found?.length !== 0 && (found?.length ?? 1) < 2);
          expect(found).toEqual(expected === undefined ? undefined : [expected]);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('damaged messages of tagged segments', () => {
  /** All fields as text, so that a message is written again word for word. */
  function asText(tag: Tag): Tag {
    if ('tags' in tag) return { ...tag, tags: tag.tags.map(asText) };
    const items = tag.layout.items.map((item) => {
      const isOther = 'length' in item && item.type !== undefined && item.value === undefined && item.name !== 'NC_FieldLength';
      return isOther ? { name: item.name, length: item.length as number } : item;
    });
    return { ...tag, layout: { ...tag.layout, items } };
  }

  /** White space between tags is not written again, nor zeros, points and signs that mean nothing in the length of a user value. */
  const withoutLoose = (text: string) => text.replaceAll(/[ \t\r\n\u0085.+0]/g, '');
  const pieces = ['</DATUSR>', '<ITM010>', '</ITM010>', '<', '>', ' ', '</HDR010>', '</ITMDAT>'];

  it.each([
    ['os02-037-awkward-user-data.bin', 'order_status_update_v02', { encoding: 'cp037' }],
    ['os02-surplus.bin', 'order_status_update_v02', { encoding: 'utf-8' }],
    ['nc01-utf8-bytes.bin', 'customer_new', { encoding: 'utf-8', units: 'bytes' }],
    ['pp02-500-brackets.bin', 'product_price_update_v02', { encoding: 'cp500' }],
  ] satisfies [string, string, TaggedFormatOptions][])('lose not a character of %s, or are refused', (file, name, options) => {
    const original = bytes(file);
    const format = new TaggedFormat(asText(declarations[name]!), options);
    const tags = pieces.map((each) => encode(each, options.encoding));
    fc.assert(
      fc.property(damaged(original, tags), (damage) => {
        const found = read(() => format.decode(damage));
        if (found === undefined) return;
        const again = format.encode(found);
        const text = (body: Uint8Array) => withoutLoose(decode(body, options.encoding));
        expect({ text: text(again), values: format.decode(again) }).toEqual({ text: text(damage), values: found });
      }),
      { numRuns: runs / 4 },
    );
  });
});

describe('what declares records', () => {
  const pieces = ['PIC', '.', ' ', "'", '(', '05', '88', 'OCCURS 3', 'REDEFINES', '\n', '-', '*>', 'COMP', 'V', ','].map((each) =>
    Buffer.from(each),
  );
  const copybooks = recordCases.flatMap(({ copybook }) => (copybook === undefined ? [] : [copybook.join('\n')]));

  it('is understood or refused with line and column, however a copybook is damaged', () => {
    const text = fc.constantFrom(...copybooks).chain((each) => damaged(Buffer.from(each), pieces));
    fc.assert(
      fc.property(text, fc.constantFrom('fixed' as const, 'free' as const), (copybook, columns) => {
        const found = declared(() => layoutFromCopybook(Buffer.from(copybook).toString(), { columns }));
        expect(found).toMatch(/^(layout|WB_RECORD_COPYBOOK \d+:\d+)$/);
      }),
      { numRuns: runs },
    );
  });

  it('is used or refused with a path, however a layout is damaged', () => {
    const sound = recordCases.filter(({ checks }) => !checks.some((check) => 'refused' in check && check.refused?.line !== undefined));
    const layouts = sound.map((each) => formatOf(each).layout);
    const put = fc.constantFrom<unknown>(null, 0, -1, 1.5, '', 'x', 'end', [], {}, true, { depending: 'N', max: 3 }, { in: 'A', max: 2 });
    const layout = fc.tuple(fc.constantFrom(...layouts), fc.nat(), put).map(([each, at, value]) => withValue(each, at, value));
    fc.assert(
      fc.property(layout, (each) => {
        const found = declared(() => new RecordFormat(each as Layout, { encoding: 'cp037', units: 'bytes' }).places);
        expect(found).toMatch(/^(layout|WB_RECORD_LAYOUT)/);
      }),
      { numRuns: runs / 2 },
    );
  });

  function declared(act: () => unknown): string {
    try {
      act();
      return 'layout';
    } catch (error) {
      if (isWaybillError(error)) return `${error.code} ${error.at}`;
      throw error;
    }
  }

  /** The layout with one of the values in it replaced, the `at`th of all that there are. */
  function withValue(layout: unknown, at: number, value: unknown): unknown {
    const count = JSON.stringify(layout).match(/"[a-z]+":/gi)?.length ?? 1;
    let next = at % count;
    return JSON.parse(JSON.stringify(layout), (key, each: unknown) => (key !== '' && !/^\d+$/.test(key) && next-- === 0 ? value : each));
  }
});
