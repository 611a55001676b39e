import { setTimeout as pause } from 'node:timers/promises';
import { type AnyJournal, defineJournal, type Journal } from '@waybill/contract';
import { CommandError, handle } from '@waybill/contract/application';
import { isDefinition } from '@waybill/contract/host';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import { changedJournal, watchedJournal } from '../../packages/cli/src/crashtest/watched-journal.ts';
import { type Bug, plant } from './calibration/plant.ts';
import type { Point } from './faults/plan.ts';
import { type Mark, markPack, markSet, putMark } from './mark.ts';
import { Testimony } from './witness.ts';

/** What a process of the rig runs. */
export interface ChildOrder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The port of the witness. */
  readonly witness: number;
  /** How long a handler takes, in milliseconds. */
  readonly takes: number;
  /** Whether its clock is put forward or back. */
  readonly setsClock: boolean;
  /** A bug that it is to have. */
  readonly bug?: string | undefined;
}

/** Where it is to end itself. */
export interface Ending {
  readonly point: Point;
  readonly passage: number;
}

let ending: Ending | undefined;

process.once('disconnect', () => process.exit());
process.once('message', (order: ChildOrder) => {
  process.on('message', (told: Ending) => {
    ending = told;
  });
  void run(order);
});

function pass(point: Point): void {
  if (ending?.point !== point) return;
  ending = { point, passage: ending.passage - 1 };
  if (ending.passage === 0) process.kill(process.pid, 'SIGKILL');
}

async function run({ folder, manifest, witness, takes, bug }: ChildOrder): Promise<void> {
  const planted: Bug = bug === undefined ? {} : ((await import('./calibration/planted.ts')).plantedBugs[bug]?.bug() ?? {});
  const testimony = new Testimony(witness);
  const handler = handle(putMark, async (input, context) => {
    const { messageId, attempt } = context;
    const mark = input as Mark;
    const wasRefused = await testimony.tell('began', messageId, mark);
    pass('handling');
    if (takes > 0) await pause(takes);
    const refusal = refusalOf(mark, attempt, wasRefused);
    if (refusal) {
      await testimony.tell('failed', messageId, mark);
      throw planted.failure?.(refusal) ?? refusal;
    }
    await testimony.tell('effect', messageId, mark);
    context.publish(markSet, { key: mark.key, number: mark.number });
    pass('effect');
  });
  let port: number | undefined;
  const write = (line: string) => {
    port = (JSON.parse(line) as { readonly port?: number }).port ?? port;
  };
  const kernel = createKernel({
    manifest: { ...manifest, inbound: { marks: { ...manifest.inbound?.['marks'], ...planted.inbound } as never }, plugins: [] },
    folder,
    plugins: [markPack, ...(await Promise.all((manifest.plugins ?? []).map((name) => loaded(name, planted, testimony))))],
    handlers: [handler],
    log: createLog({ level: 'info', write }),
  });
  kernel.observe(({ outcome, id }) => {
    if (outcome === 'done' || outcome === 'sent') void testimony.tell(outcome, id);
  });
  await kernel.start();
  process.send?.({ running: true, port });
}

function refusalOf({ fails }: Mark, attempt: number, wasRefused: boolean): CommandError | undefined {
  if (fails === 'retry' && attempt < 3) return new CommandError('WB_RIG_BUSY', 'Busy.', { retryable: true });
  if (fails === 'park' && !wasRefused) return new CommandError('WB_RIG_REFUSED', 'Refused.');
  return undefined;
}

/** A plugin with the points of its journal, and with the bug of this process. */
async function loaded(name: string, planted: Bug, testimony: Testimony): Promise<unknown> {
  const { default: definition } = (await import(name)) as { readonly default: unknown };
  if (!isDefinition(definition, 'journal')) return plant(planted, definition);
  const journal = plant(planted, definition) as AnyJournal;
  return defineJournal({ ...journal, open: async (...given) => testified(watchedJournal(await journal.open(...given), pass), testimony) });
}

/** The journal, with a word about each leg before it is sent. */
function testified(own: Journal, testimony: Testimony): Journal {
  return changedJournal(own, {
    outbox: {
      async claim(request) {
        const claimed = await own.outbox.claim(request);
        await Promise.all(claimed.jobs.map(({ leg }) => testimony.tell('handed-out', leg.message.id)));
        return claimed;
      },
    },
  });
}
