import { join } from 'node:path';
import { createLog } from '@waybill/kernel';
import { type CheckedManifest, checkManifest, readManifest } from '@waybill/manifest';
import { type TestClock, temporaryFolder } from '@waybill/testing';
import { openQueues, type Queues } from '@waybill/transport-queue';
import { onTestFinished } from 'vitest';
import { Counterpart } from '../../src/simulate/counterpart.ts';
import type { Manners } from '../../src/simulate/playing/player.ts';
import type { Step } from '../../src/simulate/tally.ts';
import { plugins } from '../waybill.ts';

export const calm: Manners = { seed: undefined, delay: 0, spread: 0, errors: 0, unanswered: 0 };

/** A manifest with these parts, in `folder`. */
export function checked(folder: string, parts: object, env: Readonly<Record<string, string>> = {}): CheckedManifest {
  const whole = {
    name: 'store',
    plugins: plugins('journal-sqlite', 'transport-queue', 'transport-http', 'transport-file', 'pack-fulfillment', 'pack-legacy'),
    journal: { use: 'sqlite', path: './journal.db' },
    ...parts,
  };
  const result = checkManifest(readManifest(whole, { folder }), { env });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.manifest;
}

export interface Played {
  readonly counterpart: Counterpart;
  readonly queues: Queues;
  readonly steps: readonly Step[];
}

/** What is played for a store with an entry for the status of orders and two for orders and for questions about stock, on queues. */
export async function played(
  manners: Partial<Manners>,
  { clock, web }: { readonly clock?: TestClock; readonly web?: number } = {},
): Promise<Played> {
  const folder = await temporaryFolder();
  const site = web === undefined ? {} : { web: { transport: 'http', url: `http://127.0.0.1:${web}` } };
  const manifest = checked(folder, {
    connections: { queues: { transport: 'queue', path: './queues.db' }, ...site },
    inbound: { status: { connection: 'queues', queue: 'STATUS.IN' } },
    outbound: {
      orders: { connection: 'queues', queue: 'ORDERS.OUT' },
      availability: { connection: 'queues', queue: 'AVAILABILITY.OUT' },
      ...(web === undefined ? {} : { web: { connection: 'web', path: '/availability' } }),
    },
  });
  const steps: Step[] = [];
  const counterpart = await Counterpart.make({
    manifest,
    manners: { ...calm, ...manners },
    journal: join(folder, 'far.db'),
    log: createLog({ level: 'silent' }),
    clock,
    tell: (step) => steps.push(step),
  });
  await counterpart.start();
  const queues = await openQueues({ path: join(folder, 'queues.db') });
  onTestFinished(async () => {
    await counterpart.stop();
    await queues.close();
  });
  return { counterpart, queues, steps };
}
