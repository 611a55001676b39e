import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyJournal, defineJournal, defineMessagePack, type Journal } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import sqlite from '@waybill/journal-sqlite';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import http from '@waybill/transport-http';
import { doThing, thingDone, thingPack } from './thing.ts';

/** For so long after a portion, in milliseconds, the journal is said to be forgetting: the next one begins within that. */
const between = 60;

/** What the process says of itself when it is asked. */
export interface SoakSample {
  /** After a forced collection, in bytes. */
  readonly heap: number;
  /** How long steps took that ended an attempt, in milliseconds, since the last sample: while the journal was forgetting, and else. */
  readonly forgetting: readonly number[];
  readonly otherwise: readonly number[];
}

const collect = globalThis.gc;
if (!collect) throw new Error('Start it with --expose-gc.');

const folder = process.argv[2] ?? '.';
let forgetting: number[] = [];
let otherwise: number[] = [];
let forgetsUntil = 0;
let port: number | undefined;

/** Every message is a thing. */
const anyThing = defineMessagePack({
  ...thingPack,
  recognise: () => ({ name: 'Do', version: '1' }),
  read: () => ({ command: doThing.name, input: { number: 1 } }),
});

/** Measures each step that ends an attempt. */
function measured(journal: Journal): Journal {
  const { inbox, outbox, desk, replays, control, followsCrash } = journal;
  return {
    followsCrash,
    lease: (entry) => journal.lease(entry),
    watch: (wake) => journal.watch(wake),
    close: () => journal.close(),
    outbox,
    replays,
    control,
    inbox: {
      find: (...given) => inbox.find(...given),
      begin: (...given) => inbox.begin(...given),
      store: (...given) => inbox.store(...given),
      claim: (...given) => inbox.claim(...given),
      async settle(step) {
        const since = performance.now();
        const answer = await inbox.settle(step);
        (since < forgetsUntil ? forgetting : otherwise).push(performance.now() - since);
        return answer;
      },
    },
    desk: new Proxy(desk, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (key === 'forget') return (keep: number) => forget(() => target.forget(keep));
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }),
  };
}

async function forget(step: () => ReturnType<Journal['desk']['forget']>): ReturnType<Journal['desk']['forget']> {
  forgetsUntil = Number.POSITIVE_INFINITY;
  const forgotten = await step();
  forgetsUntil = performance.now() + (forgotten.more ? between : 0);
  return forgotten;
}

const open: AnyJournal['open'] = async (...given) => {
  const journal = await (sqlite as AnyJournal).open(...given);
  return measured(journal);
};

const kernel = createKernel({
  manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest,
  folder,
  plugins: [defineJournal({ ...(sqlite as AnyJournal), open }), http, anyThing],
  handlers: [handle(doThing, (input, context) => context.publish(thingDone, input))],
  log: createLog({
    level: 'info',
    write: (line) => {
      port = (JSON.parse(line) as { readonly port?: number }).port ?? port;
    },
  }),
});
await kernel.start();
process.on('message', () => {
  collect();
  collect();
  const sample: SoakSample = { heap: process.memoryUsage().heapUsed, forgetting, otherwise };
  [forgetting, otherwise] = [[], []];
  process.send?.(sample);
});
process.once('disconnect', () => process.exit());
process.send?.({ port });
