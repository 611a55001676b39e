import {
  defineMessagePack,
  defineTransport,
  type Message,
  messageReported,
  type Receipt,
  type ReceiveContext,
  type Report,
} from '@waybill/contract';
import { eventually, memoryTransport } from '@waybill/testing';
import { changed, type Setup, setUp } from './kernel.ts';
import { notesPack } from './notes.ts';

const reported = { name: 'News', version: '1', direction: 'out', summary: 'What was reported.', event: messageReported } as const;
export const pack = defineMessagePack({ ...notesPack, messages: [...notesPack.messages, reported] });
const routes = [
  { event: 'note.written', message: 'Written', to: ['out'] },
  { event: 'message.reported', message: 'News', to: ['admin'] },
];
export const earliest: Report = { about: 'far-1', id: 'early', kind: 'delayed' };
export const late: Report = { about: 'ref-1', id: 'late', kind: 'bounced', permanent: true };

export interface Far {
  /** What the far side answers to a note. */
  readonly send?: (message: Message) => Promise<Receipt>;
  readonly references?: (message: Message) => readonly string[];
}

/** A kernel that sends notes to `out` and news to `admin`, and a way to hand it reports. */
export function reporting({ send = async () => ({ id: 'far-1' }), references = () => ['ref-1'] }: Far = {}, more: Setup = {}) {
  const memory = more.memory ?? memoryTransport();
  let context: ReceiveContext | undefined;
  const listening = changed(memory.transport, (connection, endpoint, given) => {
    context = given;
    return (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, given);
  });
  const side = listening.send as NonNullable<typeof listening.send>;
  const transport = defineTransport({
    ...listening,
    send: {
      ...side,
      open: async (connection, endpoint, given) => {
        const sender = await side.open(connection, endpoint, given);
        return given.name === 'admin' ? sender : { ...sender, send, references, close: () => sender.close() };
      },
    },
  });
  const outbound = { out: { queue: 'OUT', ...more.outbound?.['out'] }, admin: { queue: 'ADMIN' } };
  const made = setUp({ routes, pack, ...more, memory: { ...memory, transport }, outbound });
  const report = async (news: Report) => context?.report(news);
  /** The ids of the legs of news, in the order of their recording. */
  const news = async () => (await made.desk.list({ entry: 'admin' })).rows.map(({ id }) => id).toReversed();
  const raised = (count: number) => eventually(async () => (await news()).length >= count && (await news()), { what: `${count} news` });
  const leg = async () => (await made.desk.list({ entry: 'out' })).rows[0];
  return { ...made, report, news, raised, leg };
}

/** What the journal has of a leg to `out`. */
export async function journalOf(desk: ReturnType<typeof setUp>['desk'], id = ''): Promise<unknown> {
  return desk.show({ direction: 'out', entry: 'out', id });
}
