import { afterAll, describe, expect, it } from 'vitest';
import { temporaryProjectFolder } from '../../../test/bad-messages/project-folder.ts';
import { seedOfRun } from '../../../test/order-rig/faults/plan.ts';
import { type RigRun, runRig } from '../../../test/order-rig/rig.ts';
import { Artemis, hasArtemis } from '../../../test/vehicles/artemis.ts';
import { Cable } from './cable.ts';
import { amqpSource, type Breaks } from './rig.ts';

/** 1 in the checks; `WAYBILL_RIG=25` has 20,000 messages, 50 kills of processes, 10 cuts and 5 kills of the broker. */
const scale = Number(process.env['WAYBILL_RIG'] ?? 1);
const nothing = { lost: [], doubled: [], reordered: [], stuck: [], wronglyParked: [] };

let broker: Promise<Artemis> | undefined;
afterAll(async () => (await broker)?.end());

interface Scene {
  readonly order: 'serial' | 'parallel';
  readonly messages: number;
  readonly kills: number;
  readonly breaks: Breaks;
}

async function run({ order, messages, kills, breaks }: Scene): Promise<RigRun> {
  broker ??= Artemis.start({ 'exclusive.#': { 'default-exclusive-queue': true } });
  const started = await broker;
  const cable = await Cable.to(started.port);
  const folder = await temporaryProjectFolder();
  const address = order === 'serial' ? 'exclusive.marks' : 'shared.marks';
  const source = amqpSource({ broker: started, cable, address, order, concurrency: 4, breaks });
  const [keys, perKey] = order === 'serial' ? [1, messages] : [messages, 1];
  try {
    return await runRig({ folder, source, keys, perKey, processes: 2, faults: { kill: kills }, seed: seedOfRun(), parks: false });
  } finally {
    await cable.end();
  }
}

if (hasArtemis('no broker was killed while transport-amqp was at work'))
  describe('messages at a broker, while processes and the broker are killed and connections are cut', () => {
    it('are neither lost nor doubled when two processes share them', async () => {
      const breaks = { cuts: Math.ceil(0.4 * scale), brokerKills: Math.ceil(0.2 * scale), pause: 1_000 };
      const messages = 800 * scale;
      const { longestPause, readyAfter, heldFiles, leftOut, ...found } = await run({ order: 'parallel', messages, kills: 2 * scale, breaks });
      expect(found).toEqual({ ...nothing, recorded: messages });
    });

    it('stay in order when one process at a time receives them', async () => {
      const breaks = { cuts: 1, brokerKills: scale > 1 ? 1 : 0, pause: 500 };
      const messages = 100 * scale;
      const { longestPause, readyAfter, heldFiles, leftOut, ...found } = await run({ order: 'serial', messages, kills: 2, breaks });
      expect(found).toEqual({ ...nothing, recorded: messages });
    });
  });
