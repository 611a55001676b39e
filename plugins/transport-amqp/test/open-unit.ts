import { newMessage, type Rig } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { toWire } from '../src/message.ts';
import { dial } from '../src/wire/dial.ts';
import { type Arrival, ReceivingLink } from '../src/wire/receiving-link.ts';
import { SendingLink } from '../src/wire/sending-link.ts';
import { Units } from '../src/wire/units.ts';
import type { World } from './world.ts';

const signal = new AbortController().signal;

export const inboundOf = ({ world }: Rig<World>): string => String(world.inbound?.['queue']);

export const texts = (list: readonly { readonly body: Uint8Array }[]): readonly string[] =>
  list.map(({ body }) => Buffer.from(body).toString());

/** A transaction in which a reply was sent, with the message in hand that it answers. */
export async function openUnitIn(rig: Rig<World>) {
  const { connection, outside, replyTo, cable } = rig.world;
  const broker = { ...connection, connectTimeout: 5_000, idleTimeout: 30_000, maxFrameSize: 65_536 };
  const wire = await dial(broker as never, 'test', signal);
  onTestFinished(() => wire.close());
  const arrived = Promise.withResolvers<Arrival>();
  const link = await ReceivingLink.open(wire, { address: inboundOf(rig), capabilities: ['queue'] }, arrived.resolve, signal);
  const replies = await SendingLink.open(wire, { address: replyTo, capabilities: ['queue'] }, signal);
  await rig.put(newMessage('<Question/>'));
  link.give(1);
  const arrival = await arrived.promise;
  const unit = await (await Units.open(wire, signal)).begin();
  await unit.send(replies, toWire(newMessage('<Answer/>'), { address: replyTo }, { takesAnnotations: true }), signal);
  return {
    unit,
    link,
    arrival,
    wire,
    cable,
    /** What lies at the address of the message, not counting what is in hand. */
    left: async () => texts(await outside.browse(inboundOf(rig))),
    sent: async () => texts(await outside.browse(replyTo)),
    /** How many messages there are, counting what is in hand. */
    count: () => outside.countAt(inboundOf(rig)),
  };
}
