import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasStandIn } from '../../../plugins/transport-mq/test/stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../../../plugins/transport-mq/test/stand-in/queue-manager.ts';
import { Artemis, hasArtemis } from '../../../test/vehicles/artemis.ts';
import { type Played, playFlow } from './flow.ts';

const queues = ['STATUS.IN', 'WAREHOUSE.IN', 'ORDERS.OUT', 'AVAILABILITY.OUT', 'AVAILABILITY.ANSWERS', 'BACKEND.WORK', 'BACKEND.ANSWERS'];
const unchecked = 'the order flow was not played over it';

/** The lines of a manifest, without comments. */
function linesOf(name: string): readonly string[] {
  const text = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => !/^\s*\/\//.test(line));
}

const story = [
  ['Request_WCS_BE_ProductInventory@1.0', 'answered'],
  ['Report_NC_PurchaseOrder@1.0', 'sent'],
  ['Update_WCS_OrderStatus@2.0', 'done'],
  ['Update_WCS_ProductInventory@2.0', 'done'],
  ['Inquire_WCS_PickPackListDetail@1.0', 'done with Report_WCS_PickPackListDetail'],
] as const;

const wholeStory = { code: 0, err: '', missing: [], hasReachedEverybody: true };

/** How the story ended, and which of its messages did not end as they should. */
function told({ code, out, err }: Played): object {
  const lines = out.split('\n');
  const missing = story.filter(([way, outcome]) => !lines.some((line) => line.includes(way) && line.includes(outcome)));
  return { code, err, missing, hasReachedEverybody: out.includes('has reached everybody.') };
}

describe('the manifests of the order flow', () => {
  it.each(['waybill.amqp.jsonc', 'waybill.mq.jsonc'])('differ in one connection and its plugin: %s', (name) => {
    const own = linesOf('waybill.jsonc');
    const other = linesOf(name);
    const changed = own.flatMap((line, at) => (line === other[at] ? [] : [line.trim().replace(/[:,].*/, '')]));
    expect([changed, own.length]).toEqual([['"@waybill/transport-queue"', '"back-end"'], other.length]);
  });
});

describe.runIf(hasStandIn(unchecked))('the order flow over IBM MQ', () => {
  let manager: QueueManager;
  beforeAll(async () => {
    manager = await startQueueManager({ queues: Object.fromEntries(queues.map((name) => [name, { type: 'local' as const }])) });
  });
  afterAll(() => manager.close());

  it('is the same story', async () => {
    const env = { ...manager.env, MQSERVER: 'WAYBILL.SVRCONN/TCP/localhost(1414)', ORDER_FLOW_BROKER: manager.name };
    expect(told(await playFlow(['--once', '--on', 'mq'], undefined, env))).toEqual(wholeStory);
    expect(await Promise.all(queues.map((name) => manager.depth(name)))).toEqual(queues.map(() => 0));
  });
});

describe.runIf(hasArtemis(unchecked))('the order flow over AMQP', () => {
  let artemis: Artemis;
  beforeAll(async () => {
    artemis = await Artemis.start();
  });
  afterAll(() => artemis.end());

  it('is the same story', async () => {
    const env = { ORDER_FLOW_BROKER: `127.0.0.1:${artemis.port}` };
    expect(told(await playFlow(['--once', '--on', 'amqp'], undefined, env))).toEqual(wholeStory);
  });
});
