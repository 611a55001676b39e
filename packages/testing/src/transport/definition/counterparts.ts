import type { AnyTransport } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { send } from '../failure.ts';
import { newMessage, type Rig } from '../rig.ts';

/** The counterpart of an entry of the world; undefined where it says why there is none. */
function counterpartIn(rig: Rig, direction: 'inbound' | 'outbound') {
  const side = direction === 'inbound' ? rig.transport.receive : rig.transport.send;
  const { folder } = rig;
  const connection = resolveSettings(rig.transport.connection, rig.world.connection, { folder });
  const endpoint = resolveSettings(side?.endpoint ?? { properties: {} }, rig.world[direction] ?? {}, { folder });
  const found = side?.counterpart?.(connection, endpoint);
  if (found === undefined || !('impossible' in found)) return found;
  expect(found.impossible).toMatch(/\w/);
  return undefined;
}

export function askAboutCounterparts(ask: Ask, { connection, receive, send: sending }: AnyTransport): void {
  if (receive?.counterpart === undefined && sending?.counterpart === undefined) return;
  ask.group('the other side, as the transport tells it,', () => {
    if (receive?.counterpart && sending)
      ask('sends what an inbound entry receives', async (rig) => {
        const other = counterpartIn(rig, 'inbound');
        if (other === undefined) return;
        const desk = await rig.listen();
        const sender = await rig.openSender(await rig.connect(other.connection), other.endpoint);
        const sent = send(sender, newMessage('<FromTheOtherSide/>'));
        const held = await desk.next();
        expect(held.text).toBe('<FromTheOtherSide/>');
        held.accept();
        await rig.within(sent, 'the send');
      });

    if (sending?.counterpart && receive)
      ask('has settings that are taken, for what an outbound entry sends', async (rig) => {
        const other = counterpartIn(rig, 'outbound');
        if (other === undefined) return;
        for (const [schema, values] of [
          [connection, other.connection],
          [receive.endpoint, other.endpoint],
        ] as const)
          expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(values)));
      });
  });
}
