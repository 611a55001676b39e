import type { Manifest } from '@waybill/kernel';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seedOfRun } from '../../../test/order-rig/faults/plan.ts';
import { idOf, type Mark } from '../../../test/order-rig/mark.ts';
import { runRig } from '../../../test/order-rig/rig.ts';
import { journalFile } from '../../../test/order-rig/sources.ts';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import { OutsideProgram } from './outside.ts';
import { Processes } from './processes.ts';
import { breakThings, feed, manifestFor } from './rig.ts';
import { depths, endBroker, openJournal, prepare, scale, states } from './stage.ts';
import { openStore } from './store.ts';

endBroker();

atArtemis('nobody has seen what a kernel does with transport-amqp while processes and the broker are killed', () => {
  describe('messages at a broker, while processes are killed and connections are cut', () => {
    it('stay in order when one process at a time receives them', async () => {
      const { broker, cable, folder } = await prepare();
      const breaks = { cuts: 1, brokerKills: scale > 1 ? 1 : 0, pause: 500 };
      const address = 'exclusive.marks';
      const source = {
        manifest: manifestFor(cable, journalFile, { queue: address, order: 'serial' }),
        feed: async (all: readonly Mark[]) => {
          const fed = all.map((mark) => ({ id: idOf(mark), body: mark }));
          await Promise.all([feed(fed, cable, address, 1), breakThings(breaks, broker, cable)]);
        },
      };
      const perKey = 100 * scale;
      const found = await runRig({ folder, source, keys: 1, perKey, processes: 2, faults: { kill: 2 }, seed: seedOfRun(), parks: false });
      const { lost, doubled, reordered, stuck, wronglyParked, recorded } = found;
      expect({ lost, doubled, reordered, stuck, wronglyParked, recorded }).toEqual({
        lost: [],
        doubled: [],
        reordered: [],
        stuck: [],
        wronglyParked: [],
        recorded: perKey,
      });
    });
  });

  describe('messages that are sent on, while connections are cut and the broker is killed', () => {
    it('arrive, and what is sent again after a doubt has the same id', async () => {
      const { broker, cable, folder } = await prepare();
      const manifest = {
        ...manifestFor(cable, 'journal.db', { queue: 'onward.in', concurrency: 4 }),
        outbound: {
          onward: { connection: 'source', queue: 'onward.out', unknown: 'retry', retry: { attempts: 50, first: '5ms', most: '100ms' } },
        },
        routes: [{ event: 'mark.set', message: 'Marked', to: ['onward'] }],
      } as unknown as Manifest;
      const processes = await Processes.start({ folder, manifest }, 1);
      onTestFinished(() => processes.end());
      const all = Array.from({ length: 300 }, (_, number) => ({ id: `m-${number}`, body: { key: `m-${number}`, number } }));
      await Promise.all([feed(all, cable, 'onward.in', 20), breakThings({ cuts: 3, brokerKills: 1, pause: 400 }, broker, cable)]);
      const journal = await openJournal(folder);
      const isDone = async () => (await states(journal))['done'] === 2 * all.length;
      await eventually(isDone, { what: 'every message and its leg to be done', within: 60_000 });
      const outside = await OutsideProgram.connect(broker.port);
      onTestFinished(() => outside.end());
      const ids = new Map<string, Set<string | undefined>>();
      for (const { id, body } of await outside.browse('onward.out')) {
        const { key } = JSON.parse(Buffer.from(body).toString()) as { readonly key: string };
        ids.set(key, (ids.get(key) ?? new Set()).add(id));
      }
      expect([ids.size, [...ids].filter(([, each]) => each.size !== 1)]).toEqual([all.length, []]);
      expect(await depths(broker, 'onward.in', 'DLQ')).toEqual([0, 0]);
    });
  });

  describe('a process that stands by', () => {
    it('takes over within five seconds when the one that receives is killed', async () => {
      const { broker, cable, folder } = await prepare();
      const store = openStore(folder);
      onTestFinished(() => store.close());
      const manifest = manifestFor(cable, 'journal.db', { queue: 'exclusive.standby', order: 'serial' });
      const processes = await Processes.start({ folder, manifest }, 2);
      onTestFinished(() => processes.end());
      const doneBy = store.prepare('SELECT process FROM effect WHERE id = ?');
      const worker = (id: string) =>
        eventually(() => doneBy.get(id)?.['process'] as number | undefined, { what: `${id} to be done`, within: 5_000 });
      await feed([{ id: 'first', body: { key: 'k', number: 1 } }], cable, 'exclusive.standby', 1);
      const one = await worker('first');
      await processes.killFor(one);
      await feed([{ id: 'second', body: { key: 'k', number: 2 } }], cable, 'exclusive.standby', 1);
      expect(await worker('second')).not.toBe(one);
      expect(await depths(broker, 'DLQ')).toEqual([0]);
    });
  });

  describe('a message that ends each process that works on it', () => {
    it('is parked in the journal before the broker moves it away', async () => {
      const { broker, cable, folder } = await prepare();
      const journal = await openJournal(folder);
      const manifest = manifestFor(cable, 'journal.db', { queue: 'limited.marks', giveUpAfter: 6 });
      const processes = await Processes.start({ folder, manifest, deadly: 'deadly' }, 1);
      onTestFinished(() => processes.end());
      await feed([{ id: 'deadly', body: { key: 'k', number: 1 } }], cable, 'limited.marks', 1);
      await eventually(async () => (await states(journal))['parked'] === 1, { what: 'the message to be parked', within: 30_000 });
      await feed([{ id: 'behind', body: { key: 'k', number: 2 } }], cable, 'limited.marks', 1);
      await eventually(async () => (await states(journal))['done'] === 1, { what: 'the one behind it to be done', within: 30_000 });
      expect(processes.deaths).toBeLessThan(6);
      expect(await depths(broker, 'DLQ', 'limited.marks')).toEqual([0, 0]);
    });
  });
});
