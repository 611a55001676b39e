import {
  type AnyTransport,
  type Leg,
  type Listener,
  type ListenerState,
  type Log,
  type Message,
  newTraceId,
  type Principal,
  type StoredState,
  type TransportError,
} from '@waybill/contract';
import { inboxKey, repliesOf } from '@waybill/contract/host';
import type { CheckedInbound } from '@waybill/manifest';
import { type ConnectionUse, callPlugin, errorFields } from '@waybill/plugin-host/kernel';
import type { InboundServices } from '../services.ts';

export interface ListeningHooks {
  readonly log: Log;
  /** The folder of the manifest. */
  readonly folder: string;
  readonly tell: (state: ListenerState, reason?: string) => void;
}

/** Opens the listener of an entry on a connection that is in use, and gives it what the contract promises to listeners. */
export function openListener(
  entry: CheckedInbound,
  side: NonNullable<AnyTransport['receive']>,
  use: ConnectionUse,
  services: InboundServices,
  hooks: ListeningHooks,
): Promise<Listener> {
  const { name, settings, concurrency, order } = entry;
  return callPlugin(`Opening inbound ${name}`, (signal) =>
    side.open(use.handle, settings, {
      ...hooks,
      name,
      signal,
      order,
      concurrency: order === 'serial' ? 1 : concurrency,
      stateOf: (id, principal) => stateOf(name, services, id, principal),
      report: services.report,
      undeliverable: (reply, to, error) => keepReply(name, services, { reply, to, error }),
    }),
  );
}

async function stateOf(
  entry: string,
  { keeper }: InboundServices,
  id: string,
  principal: Principal | undefined,
): Promise<StoredState | undefined> {
  const { known } = await keeper.journal.inbox.find(inboxKey(entry, id, principal));
  if (known.state === 'unknown') return undefined;
  return known.state === 'waiting' ? 'stored' : known.state;
}

async function keepReply(
  entry: string,
  { keeper, wake, log }: InboundServices,
  { reply, to, error }: { readonly reply: Message; readonly to: string; readonly error: TransportError },
): Promise<void> {
  const facts = { entry: repliesOf(entry), event: '', type: reply.type ?? '', trace: newTraceId(), cause: reply.correlationId };
  const leg: Leg = { ...facts, message: { ...reply, replyTo: to } };
  log.warn({ entry, messageId: reply.id, ...errorFields(error) }, 'a reply could not be delivered; it is kept and sent later');
  await keeper.do(() => keeper.journal.outbox.publish([leg]));
  wake([leg]);
}
