import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry } from '@waybill/contract';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import { type Notice, noticeGiven, noticePack } from './notice.ts';

/** What a process is told that sends notices until it is killed. */
export interface SendingOrder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Those that are to be published, some at a time. An id that was published before is passed over. */
  readonly notices: ReadonlyArray<Notice & { readonly id: string }>;
  /** How many are known to be published. */
  readonly published: number;
}

export interface Leg extends Pick<JournalEntry, 'id' | 'state' | 'code' | 'attempts' | 'recipients'> {
  /** Whom it is for. */
  readonly to: readonly string[];
}

export interface SendingNews {
  readonly running?: true;
  readonly published?: number;
  readonly legs?: readonly Leg[];
  readonly open?: number;
}

/** How many are published in one go, and how many milliseconds pass between two goes: the process is to be killed meanwhile, too. */
const some = 20;
const pace = 20;

const tell = (news: SendingNews): void => void process.send?.(news);

process.once('disconnect', () => process.exit());
process.once('message', (order: SendingOrder) => void run(order));

async function run({ folder, manifest, notices, published }: SendingOrder): Promise<void> {
  const kernel = createKernel({
    manifest,
    folder,
    plugins: [noticePack],
    handlers: [],
    env: { MAIL_FLOW_NAME: `p${process.pid}.example.test` },
    log: createLog({ level: 'silent' }),
  });
  await kernel.start();
  tell({ running: true });
  process.on('message', (question: 'legs' | 'open') => void (question === 'legs' ? tellLegs() : tellOpen()));

  async function tellLegs(): Promise<void> {
    const legs: Leg[] = [];
    for (let before: number | undefined, isFirst = true; isFirst || before !== undefined; isFirst = false) {
      const { rows, next } = await kernel.desk.list({ direction: 'out', limit: 500, before });
      for (const row of rows) {
        const shown = await kernel.desk.show(row);
        if (!shown) continue;
        const { id, state, code, attempts, recipients, message } = shown;
        const to = recipients?.map(({ address }) => address) ?? message?.properties?.['to']?.split(', ') ?? [];
        legs.push({ id, state, code, attempts, recipients, to });
      }
      before = next;
    }
    tell({ legs });
  }

  async function tellOpen(): Promise<void> {
    const counts = await kernel.desk.counts();
    tell({ open: counts.reduce((sum, { waiting }) => sum + waiting, 0) });
  }

  for (let from = published; from < notices.length; from += some) {
    const batch = notices.slice(from, from + some);
    await Promise.all(batch.map(({ id, to, text }) => kernel.publish(noticeGiven, { to, text }, { id })));
    tell({ published: from + batch.length });
    await pause(pace);
  }
}
