import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import { Processes } from './processes.ts';
import { type Breaks, breakThings, feed, manifestFor } from './rig.ts';
import { depths, endBroker, openJournal, prepare, scale, states } from './stage.ts';
import { openStore } from './store.ts';

endBroker();

atArtemis('no broker was killed while transport-amqp was at work', () => {
  describe('messages at a broker, while processes and the broker are killed and connections are cut', () => {
    it('are neither lost nor doubled in the journal and in a store that keeps their ids, when two processes share them', async () => {
      const { broker, cable, folder } = await prepare();
      const breaks: Breaks = { cuts: Math.ceil(0.4 * scale), brokerKills: Math.ceil(0.2 * scale), pause: 700 };
      const all = Array.from({ length: scale === 1 ? 300 : 800 * scale }, (_, number) => ({
        id: `m-${number}`,
        body: { key: `m-${number}`, number },
      }));
      const store = openStore(folder);
      onTestFinished(() => store.close());
      const journal = await openJournal(folder);
      const manifest = manifestFor(cable, 'journal.db', { queue: 'shared.marks', concurrency: 4 });
      const processes = await Processes.start({ folder, manifest }, 2);
      onTestFinished(() => processes.end());
      const kill = async (): Promise<void> => {
        for (let count = 0; count < 2 * scale; count++) {
          await pause(300);
          await processes.kill(count % 2);
        }
      };
      await Promise.all([feed(all, cable, 'shared.marks', 20), kill(), breakThings(breaks, broker, cable)]);
      const count = store.prepare('SELECT count(*) AS effects, count(DISTINCT id) AS ids FROM effect');
      const isEmpty = async () => (await depths(broker, 'shared.marks'))[0] === 0;
      await eventually(isEmpty, { what: 'the queue to be empty', within: 120_000 });
      expect(count.get()).toEqual({ effects: all.length, ids: all.length });
      expect(await states(journal)).toEqual({ done: all.length });
      expect(await depths(broker, 'DLQ')).toEqual([0]);
    });
  });
});
