import type { SendGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { send, takenTexts } from '../failure.ts';
import { newMessage } from '../rig.ts';

export function askAboutDuplicates(ask: Ask, { deduplicates }: SendGuarantees): void {
  ask.declared(deduplicates, 'deduplicates', () => {
    ask.group('deduplicates', () => {
      ask('sends a message id that it has sent before without a second effect', async (rig) => {
        const sender = await rig.openSender();
        const message = newMessage('<Once/>');
        await rig.within(send(sender, message), 'the first send');
        await rig.within(send(sender, message), 'the second send');
        expect(await takenTexts(rig)).toEqual(['<Once/>']);
      });

      ask('knows the id also after the connection was opened anew', async (rig) => {
        const message = newMessage('<Once/>');
        const connection = await rig.connect();
        const sender = await rig.openSender(connection);
        await rig.within(send(sender, message), 'the first send');
        await rig.closeSender(sender);
        await rig.disconnect(connection);
        await rig.within(send(await rig.openSender(), message), 'the second send');
        expect(await takenTexts(rig)).toEqual(['<Once/>']);
      });

      ask('sends an id once that is sent twice at the same time', async (rig) => {
        const sender = await rig.openSender();
        const message = newMessage('<Once/>');
        await rig.within(Promise.all([send(sender, message), send(sender, message)]), 'both sends');
        expect(await takenTexts(rig)).toEqual(['<Once/>']);
      });

      ask('sends an id once that two senders send at the same time', async (rig) => {
        const senders = [await rig.openSender(), await rig.openSender()];
        const message = newMessage('<Once/>');
        await rig.within(Promise.all(senders.map((sender) => send(sender, message))), 'both sends');
        expect(await takenTexts(rig)).toEqual(['<Once/>']);
      });
    });
  });
}
