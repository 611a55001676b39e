// All that reaches below what rhea promises: its version is pinned for this file, and every test against a broker holds it.
import { createRequire } from 'node:module';
import type { Delivery, Receiver, Sender } from 'rhea';

/** A value together with its type, as the library writes and reads them. */
export interface Typed {
  readonly value: unknown;
  readonly descriptor?: { readonly value: unknown } | undefined;
}

interface Types {
  readonly described: (descriptor: Typed, value: Typed) => Typed;
  readonly wrap_ulong: (value: number) => Typed;
  readonly wrap_binary: (value: Buffer) => Typed;
  readonly wrap_list: (values: readonly Typed[]) => Typed;
  wrap_delivery_state?: (state: Typed) => Typed;
}

type TransferFields = { readonly delivery_tag?: Buffer; readonly state?: Typed };

/** What AMQP calls things, by its numbers (part 4.5 and 3.4). */
const codes = { accepted: 0x24, coordinator: 0x30, declared: 0x33, transactional: 0x34 };

/** The states in which messages are sent that belong to a transaction, by their tags. */
const states = new WeakMap<Buffer, Typed>();

let types: Types | undefined;

/**
 * Teaches the library the four things that it lacks for transactions: to send a message with a state, and to read the address of a
 * coordinator, the answer to a declaration, and the outcome of a message in a transaction. What it did before it does as before.
 */
function taught(): Types {
  if (types) return types;
  const require = createRequire(createRequire(import.meta.url).resolve('rhea'));
  types = require('./types.js') as Types;
  types.wrap_delivery_state = (state) => state;

  const frames = require('./frames.js') as { transfer: (fields: TransferFields) => unknown };
  const { transfer } = frames;
  frames.transfer = (fields) => {
    const state = fields.delivery_tag && states.get(fields.delivery_tag);
    return transfer(state ? { ...fields, state } : fields);
  };

  const terminus = require('./terminus.js') as { unwrap: (field: Typed | undefined) => unknown };
  const unwrapTerminus = terminus.unwrap;
  terminus.unwrap = (field) => (field?.descriptor?.value === codes.coordinator ? field : unwrapTerminus(field));

  const message = require('./message.js') as { unwrap_outcome: (outcome: Typed | undefined) => unknown };
  const unwrapOutcome = message.unwrap_outcome;
  message.unwrap_outcome = (outcome) => {
    const values = outcome?.value as readonly (Typed | undefined)[];
    if (outcome?.descriptor?.value === codes.declared) return { declared: values[0]?.value };
    if (outcome?.descriptor?.value === codes.transactional) return { transactional: values[1] && unwrapOutcome(values[1]) };
    return unwrapOutcome(outcome);
  };
  return types;
}

/** Lets a link lead to the coordinator of transactions. */
export function coordinatorTarget(): Typed {
  const { described, wrap_ulong, wrap_list } = taught();
  return described(wrap_ulong(codes.coordinator), wrap_list([]));
}

/** A link to a target of ours; the library itself takes only the fields of an address. */
export function openSenderTo(session: Sender['session'], target: Typed): Sender {
  const inner = session as unknown as { create_sender(name: string, options: object): Sender };
  const sender = inner.create_sender(`coordinator-${Date.now()}-${Math.random()}`, { treat_modified_as_released: false });
  const { local } = sender as unknown as { readonly local: { readonly attach: { target: Typed } } };
  sender.set_source({} as never);
  local.attach.target = target;
  sender.attach();
  return sender;
}

/** The message with this tag belongs to the transaction. */
export function joinTransaction(tag: Buffer, transaction: Buffer): void {
  states.set(tag, transactional(transaction));
}

/** The delivery is accepted when the transaction is. */
export function acceptInTransaction(delivery: Delivery, transaction: Buffer): void {
  const { described, wrap_ulong, wrap_list } = taught();
  delivery.update(true, transactional(transaction, described(wrap_ulong(codes.accepted), wrap_list([]))));
}

function transactional(transaction: Buffer, outcome?: Typed): Typed {
  const { described, wrap_ulong, wrap_list, wrap_binary } = taught();
  return described(wrap_ulong(codes.transactional), wrap_list([wrap_binary(transaction), ...(outcome ? [outcome] : [])]));
}

interface Incoming {
  on_transfer: (frame: unknown, receiver: Receiver) => void;
  readonly deliveries: { get_tail(): (Delivery & { readonly frames?: unknown }) | undefined };
}

/**
 * Hands over a delivery whose message the library cannot decode. Left to itself it ends the connection, and does so again each time
 * that the message comes: nobody would ever get what is behind it.
 */
export function keepUndecodable(receiver: Receiver, arrived: (delivery: Delivery) => void): void {
  const { incoming } = receiver.session as unknown as { readonly incoming: Incoming };
  const onTransfer = incoming.on_transfer;
  let handed: Delivery | undefined;
  receiver.on('message', ({ delivery }: { readonly delivery: Delivery }) => {
    handed = delivery;
  });
  incoming.on_transfer = (frame, link) => {
    try {
      onTransfer.call(incoming, frame, link);
    } catch (error) {
      const last = incoming.deliveries.get_tail();
      // The parts are put together just before decoding, and a delivery that was decoded has been handed over.
      const isUndecodable = link === receiver && last !== undefined && last !== handed && last.frames === undefined;
      if (!isUndecodable) throw error;
      arrived(last);
    }
  };
}
