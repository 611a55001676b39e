import { eventually, newMessage, Rig } from '@waybill/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import transport from '../src/index.ts';
import { inboundOf } from './open-unit.ts';
import { common, prepareWorld, Shared, type World } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

async function openRig(): Promise<Rig<World>> {
  const rig = await Rig.open<World>(transport, { ...common, prepare: () => prepareWorld(shared, 'artemis') });
  onTestFinished(() => rig.close());
  return rig;
}

atArtemis('nobody has seen transport-amqp at its limits', () => {
  describe('a message that is long in hand', () => {
    it('does not keep thousands that come after it from being worked on', async () => {
      const rig = await openRig();
      const desk = await rig.listen({ concurrency: 2 });
      const held = await rig.put(newMessage('<Held/>')).then(() => desk.next());
      desk.automatically((one) => one !== held && one.accept());
      for (let batch = 0; batch < 5; batch++) await Promise.all(Array.from({ length: 500 }, () => rig.put()));
      await eventually(() => desk.all.length > 2_500, { what: 'all that came after it', within: 60_000 });
      expect(desk.inHand).toEqual([held]);
    });
  });

  describe('a reply', () => {
    it('whose address is full is kept by the kernel, and its message is done with', async () => {
      const rig = await openRig();
      const full = `full.${rig.world.replyTo}`;
      for (let count = 0; count < 8; count++) await rig.world.outside.put(full, newMessage('x'.repeat(8_000)));
      const desk = await rig.listen();
      await rig.put({ ...newMessage(), replyTo: full });
      (await desk.next()).accept(newMessage('<Answer/>'));
      await eventually(() => desk.undelivered.length === 1, { what: 'the reply to be handed back' });
      await eventually(async () => (await rig.world.outside.countAt(inboundOf(rig))) === 0, { what: 'the message to be gone' });
      expect(desk.ended).toBe(false);
    });
  });
});
