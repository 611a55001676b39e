import { describe, expect, it } from 'vitest';
import { type Summed, sumOfBody, sumOfClaim, sumOfMessage, sumOfMove, sumOfValues } from '../src/worker/seals/sums.ts';

const texts = {
  entry: 'orders',
  id: 'm-1',
  trace: 't-1',
  digest: 'd-1',
  type: 'Order@1',
  store: 'S',
  order_key: '12007',
  keys: '{}',
  event: 'order.created',
  cause: 'c-1',
  publication: 'p-1',
  uncomposed: '{"data":1}',
  code: 'WB_X',
  fault: 'invalid',
  reason: 'It is wrong.',
  detail: 'at 3',
  receipts: '["r-1"]',
  recipients: '[]',
  ended_as: 'done',
};
const times = { recorded_at: 1_700_000_000_000, changed_at: 1_700_000_000_001, due_at: 1_700_000_000_002, ready_at: 1_700_000_000_003 };
const counts = { attempts: 2, unresolved: 1, version: 3, ended_owner: 4, ended_version: 5, owner: 6 };
const marks = { direction: 1, state: 2, in_line: 1, blocks: 1, blocking: 1, at_once: 1, is_late: 1 };
const row: Summed = { ...texts, ...times, ...counts, ...marks };

describe('the checksum of a message', () => {
  it.each(Object.keys(texts))('notices another text in %s', (column) => {
    expect(sumOfMessage({ ...row, [column]: 'x' })).not.toBe(sumOfMessage(row));
    expect(sumOfMessage({ ...row, [column]: null })).not.toBe(sumOfMessage({ ...row, [column]: '' }));
  });

  it.each(Object.keys({ ...times, ...counts, ...marks }))('notices each bit of %s', (column) => {
    const value = Number(row[column as keyof Summed]);
    for (let bit = 1; bit < 2 ** 41; bit *= 2) {
      const other = Math.floor(value / bit) % 2 === 1 ? value - bit : value + bit;
      expect(sumOfMessage({ ...row, [column]: other })).not.toBe(sumOfMessage(row));
    }
  });

  it.each(['ready_at', 'owner', 'ended_owner', 'ended_version'])('tells a %s of 0 from none', (column) => {
    expect(sumOfMessage({ ...row, [column]: 0 })).not.toBe(sumOfMessage({ ...row, [column]: null }));
  });

  it('is the same worked out anew as by what a claim, or its line, has changed', () => {
    const claimed = { owner: 9, version: 4 };
    expect(sumOfMessage(row) + sumOfClaim(row, claimed)).toBe(sumOfMessage({ ...row, ...claimed, ready_at: null, blocking: 0 }));
    const moved = { due_at: 1_800_000_000_000, ready_at: null, blocking: 0 };
    expect(sumOfMessage(row) + sumOfMove(row, moved)).toBe(sumOfMessage({ ...row, ...moved }));
  });
});

describe('the checksum of a row of a small table', () => {
  it.each([
    ['numbers that have changed places', [1, 2], [2, 1]],
    ['texts that have changed places', ['a', 'b'], ['b', 'a']],
    ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
    ['a text in another column', ['a', null], [null, 'a']],
    ['a number from none', [0], [null]],
    ['a number that is not whole', [1.5], [1.25]],
  ])('tells %s', (_, one, other) => {
    expect(sumOfValues(one)).not.toBe(sumOfValues(other));
  });
});

describe('the checksum of a body', () => {
  it.each([
    ['its bytes', 4, 'meta', 'another'],
    ['what stands beside them', 4, 'another', 'body'],
    ['its place', 6, 'meta', 'body'],
  ])('notices %s', (_, place, meta, body) => {
    expect(sumOfBody(place, meta, Buffer.from(body))).not.toBe(sumOfBody(4, 'meta', Buffer.from('body')));
  });
});
