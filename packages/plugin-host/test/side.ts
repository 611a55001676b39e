import { type AnyTransport, type Message, type Sender, TransportError } from '@waybill/contract';
import type { RateLimit } from '@waybill/manifest';
import { memoryTransport, recordingLog, testClock } from '@waybill/testing';
import { Connection } from '../src/calling/connection.ts';
import { SendingSide } from '../src/calling/sending-side.ts';

export const message = (id: string): Message => ({ id, body: Buffer.from(id), createdAt: 0, properties: {} });
export const lost = () => new TransportError('WB_TEST_LOST', 'Gone.', { connectionLost: true });

interface Given extends Partial<Sender> {
  readonly open?: () => Promise<void>;
  readonly timeout?: number;
  readonly rate?: RateLimit;
}

/** A side whose far side does what `far` says. `steps` tells what the transport was asked for. */
export function setUp({ timeout = 1_000, rate, ...far }: Given = {}) {
  const clock = testClock();
  const steps: string[] = [];
  const { log, lines } = recordingLog();
  let opened = 0;
  const transport = {
    ...memoryTransport().transport,
    connect: async () => void steps.push('connect'),
    disconnect: async () => void steps.push('disconnect'),
    send: {
      open: async () => {
        const number = ++opened;
        steps.push(`open ${number}`);
        await far.open?.();
        return {
          send: far.send ?? (async () => ({})),
          request: far.request,
          references: far.references,
          close: async () => {
            await far.close?.();
            steps.push(`close ${number}`);
          },
        };
      },
    },
  } as unknown as AnyTransport;
  const connection = new Connection({ name: 'local', settings: {} } as never, transport, { log, folder: '/', clock });
  const config = { name: 'out', settings: {}, concurrency: 4, timeout, rate } as never;
  const side = new SendingSide(config, connection, { log, folder: '/', clock, late: () => undefined });
  return { clock, steps, connection, side, lines };
}
