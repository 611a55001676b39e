import { describe, expect, it } from 'vitest';
import { legId, publicationId } from '../src/journal/keys.ts';

// A store may be missing; every other part is there.
const words = ['a', 'b', '-', '--', '%', '%2D', '%3A', ':', 'a-', '-a', 'a--b', 'a:b', 'b:a', 'a%3Ab'];
const stores = [undefined, '', ...words];

describe('the id of a leg', () => {
  it('tells the event, its id, the type, the store and the destination', () => {
    const of = { type: 'Order@1', store: 'S', destination: 'erp' };
    expect(legId('order.created', '12007', of)).toBe('order.created--12007--Order@1--S--erp');
    expect(legId('order.created', '12007', { ...of, store: undefined })).toBe('order.created--12007--Order@1--erp');
  });

  it('belongs to one id, type, store and destination', () => {
    const ids = words.flatMap((id) =>
      ['Order@1', 'Invoice@1', '-'].flatMap((type) =>
        stores.flatMap((store) => words.map((destination) => legId('order.created', id, { type, store, destination }))),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the id of a publication', () => {
  it('tells the event, the store and the id', () => {
    expect(publicationId('order.created', '12007', 'S')).toBe('order.created:S:12007');
    expect(publicationId('order.created', '12007', undefined)).toBe('order.created:12007');
  });

  it('belongs to one event, and to one store and its id', () => {
    const ids = ['order.created', 'order.cancelled'].flatMap((event) =>
      stores.flatMap((store) => words.map((id) => publicationId(event, id, store))),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
