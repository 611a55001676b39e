import { afterEach, describe, expect, it } from 'vitest';
import { hasStandIn } from '../../plugins/transport-mq/test/stand-in/library.ts';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { hasArtemis } from '../vehicles/artemis.ts';
import { amqpSource, type BrokerOptions, type BrokerSource, mqSource } from './brokers.ts';
import { repeatLine, seedOfRun } from './faults/plan.ts';
import { runRig } from './rig.ts';

const unchecked = 'messages of a broker that crashes were not counted';
const byKey = { by: 'key' } as const;

let source: BrokerSource | undefined;
afterEach(async () => {
  await source?.end();
  source = undefined;
});

type Make = (folder: string, options: BrokerOptions) => Promise<BrokerSource>;

/** What the rig says of two processes on a broker, while they, their connections and the broker end. */
async function saidOf(make: Make, order: BrokerOptions['order'], faults: object) {
  const [folder, seed] = [await temporaryProjectFolder(), seedOfRun()];
  const [keys, perKey] = order === 'serial' ? [1, 200] : [20, 20];
  source = await make(folder, { order });
  const { lost, doubled, reordered, stuck, wronglyParked, recorded } = await runRig({
    folder,
    source,
    keys,
    perKey,
    processes: 2,
    faults,
    seed,
  });
  const again = repeatLine(seed, 'node_modules/.bin/vitest run --project long test/order-rig/brokers');
  return {
    said: { again, lost, doubled, reordered, stuck, wronglyParked, recorded },
    wanted: { again, lost: [], doubled: [], reordered: [], stuck: [], wronglyParked: [], recorded: keys * perKey },
  };
}

describe.runIf(hasStandIn(unchecked))('messages of a queue manager', () => {
  it.each(['serial', byKey] as const)('%j: none is lost, doubled or out of order, and all are done', async (order) => {
    const { said, wanted } = await saidOf(mqSource, order, { kill: 2, point: 2, part: 3, sever: 2, crash: 1 });
    expect(said).toEqual(wanted);
  });
});

describe.runIf(hasArtemis(unchecked))('messages of ActiveMQ Artemis', () => {
  it.each(['serial', byKey] as const)('%j: none is lost, doubled or out of order, and all are done', async (order) => {
    const { said, wanted } = await saidOf(amqpSource, order, { kill: 2, point: 2, sever: 2, crash: 1 });
    expect(said).toEqual(wanted);
  });
});
