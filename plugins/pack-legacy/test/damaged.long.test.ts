import { isWaybillError, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { type Choose, chooseBy } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import type { MessageTable } from '../src/layouts/message.ts';
import type { FieldRow, RecordTable } from '../src/layouts/record.ts';
import { tables } from '../src/tables.ts';
import { bytesOf, fixture, readBody, sampleFiles, writeAgain } from './support/messages.ts';

// 20,000 messages with one damage each. Whatever breaks a rule is refused; nothing else than an error of ours is thrown; and what is read all
// the same is written and read again as the same.

const each = 2_500;

interface Damage {
  readonly what: string;
  /** Whether the message can no longer be right. */
  readonly breaks: boolean;
  /** Undefined: the message has nothing to damage in this way. */
  readonly make: (text: string, choose: Choose, table: MessageTable) => string | undefined;
}

/** Where the text of each segment of a kind begins. */
function segmentsOf(text: string, tag: string): readonly number[] {
  return [...text.matchAll(new RegExp(`<${tag}>`, 'g'))].map(({ index }) => index + tag.length + 2);
}

interface Place {
  readonly row: FieldRow;
  readonly at: number;
}

/** All fields of a message, with their places. */
function placesIn(text: string, { headers, items }: MessageTable): readonly Place[] {
  const records: readonly RecordTable[] = [...headers, ...(items === undefined ? [] : [items.record])];
  return records.flatMap(({ tag, rows }) =>
    segmentsOf(text, tag).flatMap((start) => {
      let at = start + 2;
      return rows.map((row): Place => {
        const place = { row, at };
        at += row[1];
        return place;
      });
    }),
  );
}

const numeric = /RefNum|Price$|Quantity$|Date$|Time$|Timestamp$|Precedence$/;
/** Those of messages: what is made up may hold others. */
const anyTag = /<\/?(?:ECEDOC|PROLOG|HEADER|HDR0[1-4]0|USRLST|DATUSR|ITMLST|ITMDAT|ITM010)>/g;
const put = (text: string, at: number, sign: string): string => text.slice(0, at) + sign + text.slice(at + 1);
const oneOf = <T>(list: readonly T[], choose: Choose): T | undefined => (list.length === 0 ? undefined : list[choose(list.length)]);
const tagsIn = (text: string): readonly string[] => text.match(anyTag) ?? [];

function filled(text: string, choose: Choose, table: MessageTable, wanted: (row: FieldRow) => boolean): Place | undefined {
  return oneOf(
    placesIn(text, table).filter(({ row, at }) => wanted(row) && text[at] !== ' ' && row[1] > 0),
    choose,
  );
}

const damages: readonly Damage[] = [
  {
    what: 'a number or date with a letter in it',
    breaks: true,
    make: (text, choose, table) => {
      const place = filled(text, choose, table, ([name]) => numeric.test(name) && !name.endsWith('MerchantRefNumber'));
      return (
        place &&
        put(
          text,
          place.at + choose(Math.max(1, text.slice(place.at, place.at + place.row[1]).trimEnd().length)),
          'QX#'[choose(3)] as string,
        )
      );
    },
  },
  {
    what: 'a lost character of a record that is documented as a whole',
    breaks: true,
    make: (text, choose, { headers }) => {
      const whole = headers.filter(({ rows }) => rows.every(([, , evidence]) => evidence === 'D'));
      const record = oneOf(whole, choose);
      if (record === undefined) return undefined;
      const [start = 0] = segmentsOf(text, record.tag);
      const at = start + choose(text.indexOf(`</${record.tag}>`) - start);
      // Half of a pair of UTF-16 is no character.
      return /[\ud800-\udfff]/.test(text[at] ?? '') ? undefined : text.slice(0, at) + text.slice(at + 1);
    },
  },
  {
    what: 'another version of a record',
    breaks: true,
    make: (text, choose, { headers }) => {
      const [start = 0] = segmentsOf(text, oneOf(headers, choose)?.tag ?? '');
      return put(text, start + choose(2), 'x');
    },
  },
  {
    what: 'a tag that is gone',
    breaks: true,
    make: (text, choose) => {
      const tags = [...text.matchAll(anyTag)];
      const tag = oneOf(tags.slice(1), choose);
      return tag && text.slice(0, tag.index) + text.slice(tag.index + tag[0].length);
    },
  },
  {
    what: 'a tag that stands there twice',
    breaks: true,
    make: (text, choose) => {
      const tag = oneOf([...text.matchAll(anyTag)].slice(1), choose);
      return tag && text.slice(0, tag.index) + tag[0] + text.slice(tag.index);
    },
  },
  {
    what: 'an end that is missing',
    breaks: true,
    make: (text, choose) => text.slice(0, 60 + choose(text.length - 60)),
  },
  {
    what: 'the length of user data that is another one',
    breaks: true,
    make: (text, choose) => {
      const start = oneOf(segmentsOf(text, 'DATUSR'), choose);
      if (start === undefined) return undefined;
      const length = Number(text.slice(start + 8, start + 18));
      return text.slice(0, start + 8) + String(length + 1 + choose(20)).padEnd(10) + text.slice(start + 18);
    },
  },
  {
    what: 'NUL',
    breaks: true,
    make: (text, choose) => put(text, choose(text.length), '\0'),
  },
  {
    what: 'any other character',
    breaks: false,
    make: (text, choose) => put(text, choose(text.length), 'A0 </>é漢😀\n~'[choose(10)] as string),
  },
  {
    what: 'a character more',
    breaks: false,
    make: (text, choose) => {
      const at = choose(text.length);
      return text.slice(0, at) + ('A0 <é'[choose(5)] as string) + text.slice(at);
    },
  },
  {
    what: 'a character less',
    breaks: false,
    make: (text, choose) => {
      const at = choose(text.length);
      return text.slice(0, at) + text.slice(at + 1);
    },
  },
  {
    what: 'two parts that have changed places',
    breaks: false,
    make: (text, choose) => {
      const [from, to] = [choose(text.length), choose(text.length)].toSorted((a, b) => a - b) as [number, number];
      const middle = from + choose(to - from + 1);
      return text.slice(0, from) + text.slice(middle, to) + text.slice(from, middle) + text.slice(to);
    },
  },
];

/** What is read; undefined where it is refused by an error of ours that says where. */
function readOrRefused(text: string): ReadMessage | undefined {
  try {
    return readBody(Buffer.from(text)).read;
  } catch (error) {
    if (error instanceof Error && error.message === 'the pack does not know the message') return undefined;
    const isOurs = isWaybillError(error) && !error.retryable && (error.at ?? error.hint) !== undefined;
    if (!isOurs) throw error;
    return undefined;
  }
}

/** Positions in an order are counted anew, and what is written is read as itself. */
function expectKept(type: MessageType, read: ReadMessage): void {
  const first = type.direction === 'in' ? read : readBody(bytesOf(writeAgain(type, read))).read;
  expect(readBody(bytesOf(writeAgain(type, first))).read).toEqual(first);
}

describe.each(pack.messages.map((type) => [typeName(type), type] as const))('damaged messages %s', (name, type) => {
  const sample = fixture(sampleFiles[name as keyof typeof sampleFiles]).toString('utf8');
  const table = tables[name] as MessageTable;

  it(`are refused, or lose nothing: ${each} of them`, () => {
    const choose = chooseBy(20_261_127);
    const wrong: string[] = [];
    const counts = { refused: 0, read: 0 };
    for (let made = 0; counts.refused + counts.read < each; made += 1) {
      const { what, breaks, make } = damages[made % damages.length] as Damage;
      const text = choose(3) === 0 ? sample : (type.sample?.(choose(500)) ?? sample);
      const damaged = make(text, choose, table);
      if (damaged === undefined || damaged === text) continue;
      const read = readOrRefused(damaged);
      counts[read === undefined ? 'refused' : 'read'] += 1;
      if (read === undefined) continue;
      if (breaks) wrong.push(`${what}: ${damaged}`);
      else expectKept(type, read);
    }
    expect(wrong).toEqual([]);
    expect(Math.min(counts.refused, counts.read)).toBeGreaterThan(10);
  });

  it('have tags in the sample, so that there is something to damage', () => {
    expect(tagsIn(sample).length).toBeGreaterThan(5);
  });
});
