import { describe, expect, it } from 'vitest';
import { type FieldSource, type FieldTarget, type Layout, pathOf, RecordFormat, type RecordItem } from '../src/index.ts';

const layout: Layout = {
  name: 'R',
  items: [
    { name: 'K', length: 2, evidence: 'D', description: 'What it is.' },
    { filler: 1 },
    {
      name: 'T',
      occurs: 2,
      items: [
        { name: 'N', type: 'number', length: 3 },
        { name: 'L', length: 1, occurs: 2 },
      ],
    },
  ],
};
const format = new RecordFormat(layout);
const bytes = Buffer.from('ab 1  xy   z ');

/** Tells what it is given, by id, name and place. */
class Teller implements FieldTarget {
  readonly told: string[] = [];

  list({ id, name }: RecordItem): void {
    this.told.push(`list ${id} ${name}`);
  }

  open({ id, name }: RecordItem, index: number): void {
    this.told.push(`open ${id} ${name} ${index}`);
  }

  field({ id, name }: RecordItem, value: string | undefined, place: number, index: number): void {
    this.told.push(`field ${id} ${name} ${index} ${value} at ${place}`);
  }

  close({ id }: RecordItem): void {
    this.told.push(`close ${id}`);
  }
}

describe('a walk over a record', () => {
  it('tells of every list, group and field in the order of the layout', () => {
    const teller = new Teller();
    expect(format.read(bytes, teller)).toBe(1);
    expect(teller.told).toEqual([
      'open 0 R 0',
      'field 1 K 0 ab at 0',
      'list 2 T',
      'open 2 T 0',
      'field 3 N 0 1 at 3',
      'list 4 L',
      'field 4 L 0 x at 6',
      'field 4 L 1 y at 7',
      'close 2',
      'open 2 T 1',
      'field 3 N 0 undefined at 8',
      'list 4 L',
      'field 4 L 0 z at 11',
      'field 4 L 1 undefined at 12',
      'close 2',
      'close 0',
    ]);
  });

  it('gives the same items each time, which the format lists by id', () => {
    const seen = new Set<RecordItem>();
    const target: FieldTarget = {
      list: (item) => seen.add(item),
      open: (item) => seen.add(item),
      field: (item) => seen.add(item),
      close: () => undefined,
    };
    format.read(bytes, target);
    format.read(bytes, target);
    expect([...seen].toSorted((a, b) => a.id - b.id)).toEqual(format.items);
    expect(format.items.every((item, id) => item.id === id && seen.has(item))).toBe(true);
  });

  it('carries what the layout says of an item', () => {
    expect(format.items[1]?.declared).toMatchObject({ evidence: 'D', description: 'What it is.' });
    expect(format.items[2]).toMatchObject({ repeats: true, kind: 'group', parent: format.items[0] });
    expect([...format.items[2]!.children.keys()]).toEqual(['N', 'L']);
  });

  it('gives items whose paths are those of errors', () => {
    const [, , , number, list] = format.items;
    expect([pathOf(number!), pathOf(number!, [1]), pathOf(list!, [1, 0]), pathOf(number!, [0], 2)]).toEqual([
      'R/T/N',
      'R/T[2]/N',
      'R/T[2]/L[1]',
      'R[3]/T[1]/N',
    ]);
  });

  it('ends with what a target throws, unchanged', () => {
    const fault = new Error('enough');
    const target = new Teller();
    target.field = () => {
      throw fault;
    };
    expect(() => format.read(bytes, target)).toThrow(fault);
  });
});

describe('a record that a source gives', () => {
  it('is asked for in the order of the layout, without names', () => {
    const asked: string[] = [];
    const source: FieldSource = {
      count: ({ id }) => {
        asked.push(`count ${id}`);
        return 1;
      },
      open: ({ id }, index) => asked.push(`open ${id} ${index}`),
      field: ({ id }, index) => {
        asked.push(`field ${id} ${index}`);
        return id === 3 ? '7' : 'a';
      },
      close: ({ id }) => asked.push(`close ${id}`),
      choose: () => undefined,
    };
    expect(Buffer.from(format.write(source)).toString()).toBe('a  7  a      ');
    expect(asked).toEqual(['open 0 0', 'field 1 0', 'count 2', 'open 2 0', 'field 3 0', 'count 4', 'field 4 0', 'close 2', 'close 0']);
  });
});
