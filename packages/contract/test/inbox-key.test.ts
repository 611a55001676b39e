import { describe, expect, it } from 'vitest';
import { inboxKey } from '../src/journal/keys.ts';

const idOf = (id: string, name?: string) => inboxKey('orders', id, name === undefined ? undefined : { name }).id;

describe('the key of an inbound message', () => {
  it('is its id, preceded by the sender where one is known', () => {
    expect(inboxKey('orders', 'm-1', undefined)).toEqual({ entry: 'orders', id: 'm-1' });
    expect([idOf('urn:uuid:1'), idOf('m-1', 'erp')]).toEqual(['urn:uuid:1', '@erp:m-1']);
  });

  it('belongs to one sender and one id', () => {
    const words = ['a', ':', '%', '@', '%3A', '', 'a:b', '@:a', '@a:b', '%:', 'a%3Ab', '@%:a'];
    const keys = [undefined, ...words].flatMap((name) => words.map((id) => idOf(id, name)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
