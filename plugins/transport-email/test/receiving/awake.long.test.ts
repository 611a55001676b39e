import { stays } from '@waybill/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { mailOf } from './mails.ts';
import { onStage } from './stage.ts';
import { Shared } from './world.ts';

const able = new Shared();
/** One without IDLE. */
const plain = new Shared({ capabilities: 'IMAP4rev1' });
afterAll(() => Promise.all([able.end(), plain.end()]));

atDovecot('nobody has seen whether sessions stay open', () => {
  describe.each([
    ['that has IDLE', able],
    ['without IDLE', plain],
  ])('a session with a server %s', (_, shared) => {
    it('stays open while nothing comes, and while all places are taken for long', async () => {
      await onStage(shared, { every: '1m' }, async (rig) => {
        const { server, user, connection: raw } = rig.world;
        const connection = await rig.connect({ ...raw, imap: { ...raw.imap, silence: '2s', idle: '500ms' } });
        const desk = await rig.listen({ connection });
        await stays(() => !desk.ended, { what: 'a listener that runs', within: 5_000 });
        for (const number of [1, 2]) await server.deliver(user, mailOf({ attachments: [{ body: `<Order number="${number}"/>` }] }));
        const held = await desk.next();
        await stays(() => !desk.ended, { what: 'a listener that runs', within: 5_000 });
        held.accept();
        expect((await desk.next()).text).toBe('<Order number="2"/>');
      });
    });
  });
});
