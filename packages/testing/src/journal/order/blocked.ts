import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, done, factsOf, idsOf, inbound, keptOf, parked } from '../fixtures.ts';

export function askAboutBlocked(ask: Ask): void {
  group('order by key, for a message that comes', () => {
    ask('is blocked by an older one that is stored, waits for its retry, or is parked and blocks', async (bench) => {
      await bench.store('stored', { orderKey: 'a' });
      await bench.settle('waiting', again(1, 60_000), factsOf('waiting', { orderKey: 'b' }));
      await bench.settle('blocking', parked('blocking', { blocks: true }), factsOf('blocking', { orderKey: 'c' }));
      await bench.settle('way', parked('way'), factsOf('way', { orderKey: 'd' }));
      await bench.settle('done', done, factsOf('done', { orderKey: 'e' }));
      const blocked = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => bench.isBlocked('new', key)));
      expect(blocked).toEqual([true, true, true, false, false, false]);
      expect(await bench.journal.inbox.find({ entry: 'invoices', id: 'new' }, 'a')).toMatchObject({ blocked: false });
      expect(await bench.journal.inbox.find({ entry: inbound, id: 'new' })).toMatchObject({ blocked: false });
    });

    ask('is not blocked by itself, nor by what is stored behind it', async (bench) => {
      await bench.settle('waiting', again(1, 60_000), factsOf('waiting', { orderKey: 'a' }));
      expect(await bench.isBlocked('waiting', 'a')).toBe(false);
      await bench.store('behind', { orderKey: 'a' });
      expect([await bench.isBlocked('waiting', 'a'), await bench.isBlocked('behind', 'a')]).toEqual([false, true]);
    });

    ask('holds up what is stored behind it until it has ended, also while its transport has it', async (bench) => {
      await bench.journal.inbox.begin({ entry: inbound, id: 'first' }, factsOf('first', { orderKey: 'a' }));
      await bench.store('behind', { orderKey: 'a' });
      expect(idsOf((await bench.claim()).jobs)).toEqual([]);
      await bench.settle('first', again(1, 0), factsOf('first', { orderKey: 'a' }));
      expect(idsOf((await bench.claim()).jobs)).toEqual([]);
      await bench.settle('first', done, factsOf('first', { orderKey: 'a' }));
      expect(idsOf((await bench.claim()).jobs)).toEqual(['behind']);
    });

    ask('keeps the place and the key of its first record', async (bench) => {
      await bench.settle('first', again(1, 0), factsOf('first', { orderKey: 'a' }));
      await bench.store('behind', { orderKey: 'a' });
      await bench.journal.inbox.store({ entry: inbound, id: 'first', ...factsOf('first', { orderKey: 'other' }), ...keptOf('first') });
      expect(idsOf((await bench.claim()).jobs)).toEqual(['first']);
    });
  });
}
