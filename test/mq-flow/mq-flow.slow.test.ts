import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '@waybill/commerce';
import { CommandError } from '@waybill/contract';
import { createKernel, type Manifest, type Observation } from '@waybill/kernel';
import { eventually, makeFolder, recordingLog, removeFolder } from '@waybill/testing';
import { decode, encode } from '@waybill/text';
import transport from '@waybill/transport-mq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasStandIn } from '../../plugins/transport-mq/test/stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../../plugins/transport-mq/test/stand-in/queue-manager.ts';
import { root } from '../../scripts/generate/workspace.ts';

// The whole way: from a queue of MQ through packs, handlers and the journal, and back, as the built packages do it.

const sample = (pack: string, file: string): Buffer => readFileSync(join(root, 'plugins', pack, 'test', file));
const pickBatch = sample('pack-fulfillment', 'samples/Create_WCS_PickBatch.xml').toString();
const isHere = hasStandIn('messages over IBM MQ were not followed through the kernel');

let qm: QueueManager;
let number = 0;

beforeAll(async () => {
  if (!isHere) return;
  qm = await startQueueManager({ sync: false });
  Object.assign(process.env, qm.env);
});

afterAll(() => qm?.close());

interface Queues {
  readonly in: string;
  readonly answers: string;
  readonly backout: string;
}

async function queues(): Promise<Queues> {
  const name = `FLOW.${++number}`;
  const all = { in: `${name}.IN`, answers: `${name}.ANSWERS`, backout: `${name}.BACKOUT` };
  await qm.define(all.answers, { type: 'local' });
  await qm.define(all.backout, { type: 'local' });
  await qm.define(all.in, { type: 'local', backoutThreshold: 3, backoutQueue: all.backout });
  return all;
}

/** What is on a queue, as soon as there is something. */
function seenOn(queue: string) {
  const some = async () => {
    const all = await qm.browse(queue);
    return all.length > 0 && all;
  };
  return eventually(some, { what: `a message on ${queue}` });
}

function manifest(queue: string): Manifest {
  return {
    name: 'mq-flow',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-mq', '@waybill/pack-fulfillment', '@waybill/pack-legacy'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { mq: { transport: 'mq', queueManager: 'QM1', server: { hosts: ['localhost(1414)'], channel: 'FLOW' } } },
    inbound: { requests: { connection: 'mq', queue, credentials: 'ignore', retry: { attempts: 8, first: '1ms', most: '10ms' } } },
  };
}

interface Played {
  readonly seen: readonly Observation[];
  readonly called: readonly string[];
  readonly parked: () => Promise<readonly { readonly code: string | undefined; readonly text: string }[]>;
}

/** Runs a kernel on the queue until so many messages have come to an outcome. */
async function play(queue: string, count: number, run: () => unknown = () => undefined): Promise<Played> {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const called: string[] = [];
  const handlers = commands.map((command) => ({ command, run: () => (called.push(command.name), run()) }));
  const kernel = createKernel({ manifest: manifest(queue), folder, application: { handlers } as never, log: recordingLog().log });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  await kernel.start();
  onTestFinished(() => kernel.stop({ grace: 5_000 }));
  const ended = () => seen.filter(({ direction, outcome }) => direction === 'in' && outcome !== 'retry');
  await eventually(() => ended().length >= count, { what: `${count} outcomes`, within: 30_000 });
  const parked = async () =>
    Promise.all(
      ended().map(async ({ id }) => {
        const row = await kernel.desk.show({ direction: 'in', entry: 'requests', id });
        return { code: row?.state === 'parked' ? row.code : undefined, text: Buffer.from(row?.message?.body ?? []).toString() };
      }),
    );
  return { seen, called, parked };
}

describe.runIf(isHere)('messages in the code pages of those who send them', () => {
  it.each([
    ['XML in UTF-8', 1208, 546, Buffer.from(pickBatch)],
    ['XML in UTF-16, big end first', 1200, 273, encode(pickBatch, 'utf-16be')],
    ['XML in EBCDIC, although it declares UTF-8', 500, 273, encode(pickBatch, 500)],
    ['segments in EBCDIC', 37, 273, sample('pack-legacy', 'fixtures/os02-037-awkward-user-data.bin')],
  ] as const)('arrive right: %s', async (_what, ccsid, encoding, body) => {
    const names = await queues();
    await qm.put(names.in, { body: Buffer.from(body), descriptor: { Format: 'MQSTR', CodedCharSetId: ccsid, Encoding: encoding } });
    const { called } = await play(names.in, 1);
    expect(called).toEqual([ccsid === 37 ? 'order.update-status' : 'pick-batch.generate']);
  });

  it('are answered in them', async () => {
    const names = await queues();
    const MsgId = Buffer.from('the one and only request');
    const descriptor = { Format: 'MQSTR', CodedCharSetId: 500, Encoding: 273, MsgType: 1, ReplyToQ: names.answers, MsgId };
    await qm.put(names.in, { body: Buffer.from(encode(pickBatch, 500)), descriptor });
    await play(names.in, 1, () => {
      throw new CommandError('WB_TEST_REFUSED', 'Kein Lager für Größe 9.');
    });
    const [answer] = await seenOn(names.answers);
    expect([answer?.descriptor.CodedCharSetId, answer?.descriptor.Format.trimEnd(), answer?.descriptor.MsgType]).toEqual([500, 'MQSTR', 2]);
    expect(answer?.descriptor.CorrelId.equals(MsgId)).toBe(true);
    const text = decode(answer?.body ?? Buffer.alloc(0), 500);
    expect(text).toContain('<Response_WCS_PickBatch');
    expect(text).toContain('Größe');
  });
});

describe.runIf(isHere)('a message that is given up', () => {
  it('is parked with its bytes, and lies on the backout queue as well', async () => {
    const names = await queues();
    await qm.put(names.in, { body: pickBatch, descriptor: { Format: 'MQSTR', CodedCharSetId: 1208 } });
    const { parked } = await play(names.in, 1, () => {
      throw new CommandError('WB_TEST_REFUSED', 'No stock.');
    });
    expect(await parked()).toEqual([{ code: 'WB_TEST_REFUSED', text: pickBatch }]);
    expect((await seenOn(names.backout)).map(({ text }) => text)).toEqual([pickBatch]);
    expect(await qm.depth(names.in)).toBe(0);
  });

  it('is one that was backed out as often as its queue allows, without ever being tried again', async () => {
    const names = await queues();
    await qm.put(names.in, { body: pickBatch, descriptor: { Format: 'MQSTR', CodedCharSetId: 1208, BackoutCount: 3 } });
    const { parked, called } = await play(names.in, 1);
    expect([(await parked()).map(({ code }) => code), called]).toEqual([['WB_ATTEMPTS_SPENT'], []]);
    expect(await seenOn(names.backout)).toHaveLength(1);
  });

  it('is none that fails for a while: the journal takes it before its queue gives it up, and it has all of its attempts', async () => {
    const names = await queues();
    await qm.put(names.in, { body: pickBatch, descriptor: { Format: 'MQSTR', CodedCharSetId: 1208 } });
    let tries = 0;
    const { called } = await play(names.in, 1, () => {
      if (++tries < 7) throw new CommandError('WB_TEST_BUSY', 'Not now.', { retryable: true });
    });
    await eventually(() => called.length === 7, { what: 'seven attempts' });
    expect([await qm.depth(names.in), await qm.depth(names.backout)]).toEqual([0, 0]);
  });
});

describe.runIf(isHere)('processes that hold connections', () => {
  it('weigh at most 25 MB each, six of them side by side', async () => {
    const server = { hosts: ['localhost(1414)'], channel: 'FLOW' };
    const settings = { queueManager: 'QM1', server, application: 'weighed', heartbeat: 30_000, patience: 60_000 };
    const { signal } = new AbortController();
    const connection = await transport.connect(settings, { name: 'mq', log: recordingLog().log, signal, folder: '/' });
    onTestFinished(() => connection.close());
    for (let count = 0; count < 6; count++) await connection.open(100_000, signal);
    const pids = (await qm.connections()).filter(({ applName }) => applName === 'weighed').map(({ pid }) => pid);
    const weights = pids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024);
    expect(weights.map((weight) => weight > 5 && weight <= 25)).toEqual(Array.from({ length: 6 }, () => true));
  });
});
