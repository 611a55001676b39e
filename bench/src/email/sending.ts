import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import { told } from '../told.ts';
import type { SendingFigures, SendingTask, Way } from './sending-child.ts';

/** Mails of 4 kB that are composed already, over four connections, in turns; the medians. */
export interface SendingShares {
  readonly rates: Readonly<Record<Way, number>>;
  /** Processor time of the sending process for a mail, in microseconds. */
  readonly cpu: Readonly<Record<Way, number>>;
  /** How many times as many as by one of nodemailer's connections, and by its pool; medians of the turns. */
  readonly toConnection: number;
  readonly toPool: number;
}

const ways: readonly Way[] = ['ours', 'connection', 'pool'];

/** `offers`: what the server says that it can do. */
export async function measureSending({
  offers,
  mails,
  turns,
}: {
  readonly offers: readonly string[];
  readonly mails: number;
  readonly turns: number;
}): Promise<SendingShares> {
  const file = fileURLToPath(new URL('./sink-child.ts', import.meta.url));
  const sink = fork(file, [offers.join(',')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const [port] = (await once(sink, 'message')) as [number];
    const figures: Record<Way, SendingFigures[]> = { ours: [], connection: [], pool: [] };
    for (let turn = 0; turn < turns; turn++) {
      for (const way of ways) {
        const task: SendingTask = { way, port, mails, warmUp: 2_000 };
        figures[way].push(await told<SendingFigures>('./email/sending-child.ts', JSON.stringify(task)));
      }
    }
    const of = (figure: keyof SendingFigures) =>
      Object.fromEntries(ways.map((way) => [way, median(figures[way].map((each) => each[figure]))])) as Record<Way, number>;
    const times = (other: Way) => median(figures.ours.map(({ rate }, turn) => rate / (figures[other][turn]?.rate ?? Number.NaN)));
    return { rates: of('rate'), cpu: of('cpu'), toConnection: times('connection'), toPool: times('pool') };
  } finally {
    sink.disconnect();
  }
}
