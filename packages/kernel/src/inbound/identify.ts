import { type BusinessKeys, isWaybillError, type ReadMessage } from '@waybill/contract';
import { wholeEntry } from '@waybill/contract/host';
import type { CheckedInbound } from '@waybill/manifest';
import type { KnownCommand, KnownType } from '@waybill/plugin-host/kernel';
import { asCommandError, callApplication, callPack, Readable, refuseWrong } from '@waybill/plugin-host/kernel';
import { messageErrors } from '../errors.ts';
import type { Discreet, Identified, Identity, Unidentified } from './identity.ts';
import type { InHand } from './in-hand.ts';
import { discreet } from './senders/discreet.ts';
import type { InboundServices } from './services.ts';

/** What has been found out so far. */
type Found = Pick<Identity, 'packs'> & {
  -readonly [Key in keyof Required<Omit<Identified, 'packs' | keyof Discreet>>]: Identified[Key] | undefined;
};

/**
 * Finds out what a message is, before it gets its place in the lane: type, command and input, store, order key, business keys.
 * Never throws. Comes back at once unless the application takes time to tell the order key.
 */
export function identify(entry: CheckedInbound, services: InboundServices, hand: InHand): Identity | Promise<Identity> {
  const readable = new Readable(hand.message, entry.encoding);
  const identity = find(entry, services, hand, readable);
  const { conceal } = services.taking;
  if (!conceal) return identity;
  const discreetly = (found: Identity) => discreet(entry, services, { hand, identity: found, conceal: () => conceal(readable) });
  return identity instanceof Promise ? identity.then(discreetly) : discreetly(identity);
}

function find(entry: CheckedInbound, services: InboundServices, { delivery }: InHand, readable: Readable): Identity | Promise<Identity> {
  const found: Found = {
    packs: entry.packs,
    known: undefined,
    read: undefined,
    command: undefined,
    store: entry.store,
    orderKey: undefined,
    businessKeys: undefined,
    fault: undefined,
  };
  try {
    if (delivery?.defect) {
      found.known = recognisedAnyhow(entry, services, readable);
      return unidentified(found, delivery.defect);
    }
    const known = services.registry.typeOfMessage(readable, entry.packs);
    found.known = known;
    admit(entry, known);
    const read = readWith(known, readable, entry);
    found.read = read;
    found.store = read.store ?? entry.store;
    const command = services.registry.command(read.command, known.pack);
    found.command = command;
    checkInput(command, read.input);
    if (command.definition.businessKeys) found.businessKeys = businessKeysOf(found as Identified);
    if (entry.order === 'parallel') return found as Identified;
    const orderKey = entry.order === 'serial' ? wholeEntry : keyOf(entry, services, found as Identified);
    if (!(orderKey instanceof Promise)) return Object.assign(found, { orderKey }) as Identified;
    return keyed(found, orderKey);
  } catch (cause) {
    return unidentified(found, cause);
  }
}

async function keyed(found: Found, orderKey: Promise<string | undefined>): Promise<Identity> {
  try {
    return Object.assign(found, { orderKey: await orderKey }) as Identified;
  } catch (cause) {
    return unidentified(found, cause);
  }
}

function unidentified(found: Found, cause: unknown): Unidentified {
  return Object.assign(found, { fault: asCommandError(cause), orderKey: undefined });
}

function readWith({ pack, type }: KnownType, readable: Readable, { packs }: CheckedInbound): ReadMessage {
  return callPack(pack, 'reading', () => pack.read(type, readable.for(pack), packs[pack.name] ?? {}));
}

function businessKeysOf({ known, command, read }: Identified): BusinessKeys | undefined {
  return callPack(known.pack, 'naming the keys of', () => command.definition.businessKeys?.(read.input));
}

/** What is left of a message that came in part may still tell its type, for an error reply. */
function recognisedAnyhow(entry: CheckedInbound, services: InboundServices, readable: Readable): KnownType | undefined {
  try {
    return services.registry.recognise(readable, entry.packs);
  } catch (error) {
    if (isWaybillError(error)) return undefined;
    throw error;
  }
}

/** Sees to it that the entry takes messages of this type. */
function admit(entry: CheckedInbound, known: KnownType): void {
  const listed = entry.messages?.some((ref) => ref.name === known.type.name && ref.version === known.type.version) ?? true;
  if (!listed || known.type.direction !== 'in')
    throw messageErrors.WB_MESSAGE_NOT_ACCEPTED(`The inbound entry ${entry.name} does not take ${known.name}.`);
  const repliesLater = entry.connection.plugin.card.receive?.guarantees.replies === 'addressed';
  if (entry.accept !== 'stored' || !known.type.reply || repliesLater) return;
  const text = `${known.name} wants an answer, and the inbound entry ${entry.name} accepts messages as stored, which answers nothing.`;
  throw messageErrors.WB_REPLY_NEEDS_PROCESSED(text);
}

function checkInput({ definition, checkInput: check }: KnownCommand, input: unknown): void {
  refuseWrong(check(input), `The input of ${definition.name} is wrong`, messageErrors.WB_COMMAND_BAD_INPUT);
}

function keyOf(
  entry: CheckedInbound,
  { application, deadlines }: InboundServices,
  { known, read, command, store }: Omit<Identified, 'orderKey' | 'fault'>,
): string | undefined | Promise<string | undefined> {
  const proposed = callPack(known.pack, 'naming the keys of', () => command.definition.orderKey?.(read.input));
  if (!application.keyOf) return proposed;
  const key = application.keyOf(read.command, read.input, { entry: entry.name, store, proposed });
  return callApplication(deadlines, `The order key of ${read.command}`, entry.timeout, key);
}
