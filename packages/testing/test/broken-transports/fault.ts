import {
  type AnyTransport,
  type Deliver,
  type Delivery,
  defineTransport,
  type IncomingMessage,
  type Listener,
  type ReceiveContext,
  type SendContext,
  type Sender,
  type Settlement,
  TransportError,
  type TransportErrorOptions,
} from '@waybill/contract';
import type { MemoryTransportOptions } from '../../src/memory/transport/options.ts';
import { type Memory, memoryTransport } from '../../src/memory/transport/transport.ts';
import type { TransportHarness } from '../../src/transport/harness.ts';
import { harnessFor, harnessWithRecipients } from '../memory-harness.ts';

/** A transport with one fault, and the questions of the suite that have to find it. */
export interface Fault {
  readonly name: string;
  readonly transport: AnyTransport;
  readonly harness: TransportHarness;
  readonly finds: readonly string[];
}

interface Change {
  /** Of the transport beneath. */
  readonly options?: MemoryTransportOptions;
  readonly receiving?: (context: ReceiveContext) => ReceiveContext;
  readonly listener?: (inner: Listener, memory: Memory, queue: string, context: ReceiveContext) => Listener;
  readonly sending?: (context: SendContext) => SendContext;
  readonly sender?: (inner: Sender, memory: Memory, queue: string) => Sender;
  readonly transport?: (sound: AnyTransport) => AnyTransport;
  readonly harness?: Partial<TransportHarness>;
  /** Its harness has settings of a far side that is not there. */
  readonly unreachable?: boolean;
  /** Its messages have several recipients. */
  readonly recipients?: boolean;
}

/** Long enough for what works, on a busy machine too; short, because what is broken waits for it. */
const patience = 600;

export function fault(name: string, finds: readonly string[], change: Change): Fault {
  const memory = memoryTransport({ name, ...change.options });
  const { receive, send, ...rest } = memory.transport;
  if (!receive || !send) throw new Error('the memory transport receives and sends');
  const altered = defineTransport({
    ...rest,
    receive: {
      ...receive,
      async open(connection, endpoint, given) {
        const context = change.receiving?.(given) ?? given;
        const inner = await receive.open(connection, endpoint, context);
        return change.listener?.(inner, memory, endpoint.queue, context) ?? inner;
      },
    },
    send: {
      ...send,
      async open(connection, endpoint, context) {
        const inner = await send.open(connection, endpoint, change.sending?.(context) ?? context);
        return change.sender?.(inner, memory, endpoint.queue) ?? inner;
      },
    },
  });
  const transport = change.transport?.(altered) ?? altered;
  const harness = change.recipients ? harnessWithRecipients(memory) : harnessFor(memory, patience);
  const nowhere = { connection: {}, outbound: { queue: 'nowhere' } };
  if (change.unreachable) memory.trouble('nowhere', 'not-sent');
  const unreachable = change.unreachable ? async () => nowhere : undefined;
  return { name, transport, finds, harness: { ...harness, patience, unreachable, ...change.harness } };
}

/** A listener with another `run`. */
export const running =
  (run: (inner: Listener, deliver: Deliver, stop: AbortSignal) => Promise<void>) =>
  (inner: Listener): Listener => ({
    run: (deliver, stop) => run(inner, deliver, stop),
    ...(inner.reply && { reply: (...call) => inner.reply?.(...call) ?? Promise.reject(new Error('no reply')) }),
  });

/** A listener that changes what is handed over or what comes back. */
export const meddling = (meddle: (deliver: Deliver) => Deliver) => running((inner, deliver, stop) => inner.run(meddle(deliver), stop));
export const onDelivery = (change: (delivery: Delivery) => Delivery) => meddling((deliver) => (delivery) => deliver(change(delivery)));
export const onMessage = (change: (message: IncomingMessage) => IncomingMessage) =>
  onDelivery((delivery) => ({ message: change(delivery.message), attempt: delivery.attempt, lost: delivery.lost }));
export const onSettlement = (change: (settlement: Settlement) => Settlement) =>
  meddling((deliver) => async (delivery) => change(await deliver(delivery)));

/** A sender whose errors say something else. */
export const onSendError =
  (change: (error: TransportError) => TransportErrorOptions) =>
  (inner: Sender): Sender => ({
    send: (message, options) =>
      inner.send(message, options).catch((error: unknown) => {
        if (!(error instanceof TransportError)) throw error;
        throw new TransportError(error.code, error.message, change(error));
      }),
    close: () => inner.close(),
  });

export const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
export const accepted: Settlement = { outcome: 'accepted' };
