import type { Failure, InboundFacts, Leg, Message } from '@waybill/contract';
import { openJournal } from './opening.ts';

/* Fills a journal with rows of every kind, and is killed: the folder is given, and how many messages. */

const [folder = '.', count = '1000'] = process.argv.slice(2);
const journal = await openJournal(folder);
const by = { who: 'anna', why: 'to see it' };
const failure: Failure = { code: 'WB_COMMAND_FAILED', kind: 'unavailable', reason: 'the database is locked' };

function messageOf(id: string, size = 200): Message {
  const body = Uint8Array.from({ length: size }, (_, place) => (place * 7 + id.length) % 256);
  return { id, body, createdAt: 1_700_000_000_123, type: 'Thing', contentType: 'text/plain', properties: { from: id } };
}

function factsOf(id: string, number: number): InboundFacts {
  const orderKey = number % 3 === 0 ? undefined : `o-${number % 40}`;
  return {
    digest: `digest-${id}`,
    trace: `trace-${number % 97}`,
    type: 'Thing@1',
    store: '10151',
    orderKey,
    businessKeys: { order: `o-${number % 40}`, sku: [id, 'HP-2'] },
  };
}

function legOf(id: string, number: number, more: Partial<Leg> = {}): Leg {
  const about = {
    event: 'thing.done',
    type: 'Done@1',
    cause: `in-${number}`,
    trace: `trace-${number % 97}`,
    businessKeys: { order: `o-${number % 40}` },
  };
  return {
    message: messageOf(id, number % 50 === 0 ? 12_000 : 150),
    entry: number % 2 === 0 ? 'erp' : 'mail',
    ...about,
    orderKey: number % 4 === 0 ? `o-${number % 40}` : undefined,
    ...more,
  };
}

async function oneInbound(number: number): Promise<void> {
  const id = `in-${number}`;
  const key = { entry: number % 5 === 0 ? 'reports' : 'orders', id };
  const facts = factsOf(id, number);
  const kept = { message: messageOf(id, number % 60 === 0 ? 9_000 : 250), principal: { name: 'erp' } };
  switch (number % 6) {
    case 0:
      return void (await journal.inbox.store({ ...key, ...facts, ...kept }));
    case 1:
      return void (await journal.inbox.settle({
        ...key,
        ...facts,
        ending: { outcome: 'parked', failure, attempts: 3, kept, blocks: number % 12 === 1 },
      }));
    case 2:
      await journal.inbox.begin(key, facts);
      return void (await journal.inbox.settle({ ...key, ...facts, ending: { outcome: 'again', failure, attempts: 1, dueIn: 36_000_000 } }));
    default: {
      const legs = number % 9 === 0 ? [legOf(`leg-of-${id}`, number)] : [];
      const reply = number % 2 === 0 ? messageOf(`reply-${id}`, 80) : undefined;
      return void (await journal.inbox.settle({
        ...key,
        ...facts,
        ending: { outcome: 'done', legs, reply, archive: number % 4 === 0 ? kept : undefined },
      }));
    }
  }
}

async function endSome(): Promise<void> {
  for (const entry of ['erp', 'mail']) {
    const { jobs } = await journal.outbox.claim({ entry, limit: 40, run: 3 });
    await Promise.all(
      jobs.map(({ leg, token }, place) => {
        const step = { entry, id: leg.message.id, token };
        if (place % 5 === 0)
          return journal.outbox.settle({ ...step, ending: { outcome: 'again', failure, attempts: 1, dueIn: 36_000_000 } });
        if (place % 5 === 1) return journal.outbox.settle({ ...step, ending: { outcome: 'parked', failure, attempts: 5, blocks: false } });
        const receipts = [`receipt-${leg.message.id}`];
        return journal.outbox.settle({ ...step, ending: { outcome: 'sent', detail: '250 ok', receipts, archive: place % 2 === 0 } });
      }),
    );
  }
}

async function lookAfter(number: number): Promise<void> {
  const { rows } = await journal.desk.list({ direction: 'in', state: 'parked', limit: 3 });
  const [first, second] = rows;
  if (first) await journal.desk.edit(first, new TextEncoder().encode(`edited ${number}`), by);
  if (second) await journal.desk.replay([second], by);
  await journal.outbox.report({ about: `receipt-leg-${number - 30}`, id: `r-${number}`, kind: 'delayed' });
  await journal.control.count([
    { direction: 'in', entry: 'orders', minute: 1_700_000_000_000 + number * 60_000, outcome: 'done', count: number },
  ]);
}

await journal.control.pause({ direction: 'out', entry: 'later' }, by);
for (let number = 0; number < Number(count); number++) {
  await oneInbound(number);
  if (number % 2 === 0)
    await journal.outbox.publish([legOf(`leg-${number}`, number)], { id: number % 4 === 0 ? `p-${number}` : undefined });
  if (number % 100 === 99) await endSome();
  if (number % 60 === 59) await lookAfter(number);
}
await journal.inbox.claim({ entry: 'orders', limit: 5 });
// The last step is one that was promised: a hand-out may be lost with the end of the log, by the contract.
await journal.outbox.begin(legOf('at-once', 1));
process.kill(process.pid, 'SIGKILL');
