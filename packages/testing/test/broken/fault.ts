import {
  type AnyTransport,
  type Deliver,
  type Delivery,
  defineTransport,
  type Listener,
  type Message,
  type Sender,
  type Settlement,
} from '@waybill/contract';
import { type Memory, memoryTransport } from '../../src/memory/memory-transport.ts';
import type { TransportHarness } from '../../src/transport/harness.ts';
import { harnessFor } from '../memory-harness.ts';

/** A transport with one fault, and the questions of the suite that have to find it. */
export interface Fault {
  readonly name: string;
  readonly transport: AnyTransport;
  readonly harness: TransportHarness;
  readonly finds: readonly string[];
}

interface Change {
  readonly listener?: (inner: Listener, memory: Memory, queue: string) => Listener;
  readonly sender?: (inner: Sender, memory: Memory, queue: string) => Sender;
  readonly moreConcurrency?: number;
  readonly transport?: (sound: AnyTransport) => AnyTransport;
  readonly harness?: Partial<TransportHarness>;
  readonly units?: boolean;
}

/** Long enough for what works, on a busy machine too; short, because what is broken waits for it. */
const patience = 600;

export function fault(name: string, finds: readonly string[], change: Change): Fault {
  const memory = memoryTransport({ name, units: change.units ?? false });
  const { receive, send, ...rest } = memory.transport;
  if (!receive || !send) throw new Error('the memory transport receives and sends');
  const altered = defineTransport({
    ...rest,
    receive: {
      ...receive,
      async open(connection, endpoint, context) {
        const concurrency = context.concurrency + (change.moreConcurrency ?? 0);
        const inner = await receive.open(connection, endpoint, { ...context, concurrency });
        return change.listener?.(inner, memory, endpoint.queue) ?? inner;
      },
    },
    send: {
      ...send,
      async open(connection, endpoint, context) {
        const inner = await send.open(connection, endpoint, context);
        return change.sender?.(inner, memory, endpoint.queue) ?? inner;
      },
    },
  });
  const transport = change.transport?.(altered) ?? altered;
  return { name, transport, finds, harness: { ...harnessFor(memory, patience), ...change.harness } };
}

/** A listener that changes what is handed over or what comes back. */
export const meddling = (meddle: (deliver: Deliver) => Deliver) => (inner: Listener) => ({
  run: (deliver: Deliver, stop: AbortSignal) => inner.run(meddle(deliver), stop),
});
export const onDelivery = (change: (delivery: Delivery) => Delivery) => meddling((deliver) => (delivery) => deliver(change(delivery)));
export const onMessage = (change: (message: Message) => Message) =>
  onDelivery((delivery) => ({ ...delivery, message: change(delivery.message) }));
export const onSettlement = (change: (settlement: Settlement) => Settlement) =>
  meddling((deliver) => async (delivery) => change(await deliver(delivery)));

export const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
export const accepted: Settlement = { outcome: 'accepted' };
