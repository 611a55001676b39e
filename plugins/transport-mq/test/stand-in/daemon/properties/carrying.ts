// How properties travel: in a handle of the program, or as an RFH2 header in front of the body.
import type { Connection } from '../connection.ts';
import { has, MQC, Refusal } from '../mqi.ts';
import type { Descriptor, Message } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';
import type { Property } from './property.ts';
import { headerOf, readHeader } from './rfh2.ts';

export interface Delivered {
  readonly body: Buffer;
  /** What the descriptor says otherwise than on the queue. */
  readonly descriptor: Partial<Descriptor>;
}

/** The properties that a handle of the program holds. */
export function handleProperties({ messageHandles }: Connection, handle: bigint): readonly Property[] {
  if (handle === BigInt(MQC.MQHM_NONE) || handle === BigInt(MQC.MQHM_UNUSABLE_HMSG)) return [];
  const properties = messageHandles.get(handle);
  if (properties === undefined) throw new Refusal(MQC.MQRC_HMSG_ERROR);
  return [...properties.values()];
}

/** A message that was put with an RFH2 header of properties, as it is stored: without the header. */
export function takenApart(descriptor: Descriptor, body: Buffer): Delivered & { readonly properties: readonly Property[] } {
  const header = descriptor.Format === MQC.MQFMT_RF_HEADER_2.trim() ? readHeader(body, descriptor.Encoding) : undefined;
  if (header === undefined) return { descriptor: {}, body, properties: [] };
  const { format: Format, encoding: Encoding, ccsid: CodedCharSetId, properties, length } = header;
  return { descriptor: { Format, Encoding, CodedCharSetId }, body: body.subarray(length), properties };
}

/** A message as the options of a get want it. */
export function delivered(connection: Connection, queue: Queue, message: Message, flags: number, handle: bigint): Delivered {
  const { body, descriptor, properties } = message;
  const where = placeOf(queue, message, flags, handle !== BigInt(MQC.MQHM_NONE));
  if (where === 'handle') {
    const held = connection.messageHandles.get(handle);
    if (held === undefined) throw new Refusal(MQC.MQRC_HMSG_ERROR);
    held.clear();
    for (const property of properties) held.set(property.name, property);
  }
  if (where !== 'header' || properties.length === 0) return { body, descriptor: {} };
  return {
    body: Buffer.concat([headerOf(properties, descriptor), body]),
    descriptor: { Format: MQC.MQFMT_RF_HEADER_2.trim(), Encoding: MQC.MQENC_NATIVE, CodedCharSetId: 1208 },
  };
}

type Place = 'header' | 'handle' | 'nowhere';

function placeOf(queue: Queue, message: Message, flags: number, hasHandle: boolean): Place {
  if (has(flags, MQC.MQGMO_NO_PROPERTIES)) return 'nowhere';
  if (has(flags, MQC.MQGMO_PROPERTIES_FORCE_MQRFH2)) return 'header';
  if (has(flags, MQC.MQGMO_PROPERTIES_IN_HANDLE)) {
    if (!hasHandle) throw new Refusal(MQC.MQRC_HMSG_ERROR);
    return 'handle';
  }
  const control = has(flags, MQC.MQGMO_PROPERTIES_COMPATIBILITY) ? 'compat' : queue.attributes.propertyControl;
  if (control === 'none') return 'nowhere';
  if (control === 'force') return 'header';
  if (control === 'all') return hasHandle ? 'handle' : 'header';
  return message.properties.some(({ name }) => isOfApplication(name)) ? 'header' : 'nowhere';
}

/** Those of the folders usr, mcd, jms and mqext; a name without a folder belongs to usr. */
function isOfApplication(name: string): boolean {
  return !name.includes('.') || /^(usr|mcd|jms|mqext)\./.test(name);
}
