import { rm } from 'node:fs/promises';
import { isWaybillError } from '@waybill/contract';
import { stays } from '@waybill/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { mailOf } from './mails.ts';
import { onStage } from './stage.ts';
import { Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

const order = (number: number) => `<Order number="${number}"/>`;
const orderMail = (number: number) => mailOf({ id: `order-${number}@partner.test`, attachments: [{ body: order(number) }] });

/** What `run` ended with. */
async function failureOf(ending: Promise<unknown>): Promise<unknown> {
  return ending.then(
    () => undefined,
    (error: unknown) => error,
  );
}

atDovecot('no mailbox showed what becomes of mails', () => {
  describe('a mail with several documents', () => {
    it('is a message for each, with an id of its own, and is settled when all are', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user } = rig.world;
        const attachments = [{ body: '<A/>' }, { body: 'fixed', type: 'text/plain', name: 'b.txt' }, { body: '<C/>' }];
        await server.deliver(user, mailOf({ id: 'three@partner.test', attachments }));
        const desk = await rig.listen({ concurrency: 3 });
        const ids: string[] = [];
        for (const text of ['<A/>', 'fixed', '<C/>']) {
          const held = await desk.next();
          expect(held.text).toBe(text);
          ids.push(held.id ?? '');
          held.accept();
        }
        expect(ids.map((id) => id.replace(/\/[0-9a-f]{32}#/, '/…#'))).toEqual(
          ['2', '3', '4'].map((part) => `three@partner.test/…#${part}`),
        );
        await desk.stop();
        const later = await rig.listen();
        await stays(() => later.all.length === 0, { what: 'nothing left', within: 300 });
      });
    });

    it('hands over again only what was not done with, while the listener runs', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, mailOf({ attachments: [{ body: '<A/>' }, { body: '<B/>' }] }));
        const desk = await rig.listen();
        (await desk.next()).accept();
        (await desk.next()).release();
        const again = await desk.next();
        expect(again.text).toBe('<B/>');
        again.accept();
        await rig.eventually(async () => (await server.flagsIn(user)).includes('a'), 'the mark');
        expect(desk.all.map(({ text }) => text)).toEqual(['<A/>', '<B/>', '<B/>']);
      });
    });
  });

  describe('a mail whose UID is void', () => {
    it('has the same id when the folder has lost its list of UIDs', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user } = rig.world;
        for (const number of [1, 2]) await server.deliver(user, orderMail(number));
        const idsOf = async () => {
          const desk = await rig.listen({ concurrency: 2 });
          const ids = (await desk.nextFew(2)).map((held) => held.id ?? '').toSorted();
          desk.askToStop();
          for (const held of desk.inHand) held.release();
          await desk.ending();
          return ids;
        };
        const before = await idsOf();
        const { length } = before;
        const validity = server.uidValidity(user);
        await server.forgetUids(user);
        expect([await idsOf(), length]).toEqual([before, 2]);
        expect(server.uidValidity(user)).not.toBe(validity);
      });
    });

    it('comes again under its id when it was marked in a folder that was made anew', async () => {
      await onStage(shared, { folders: ['Orders'] }, async (rig) => {
        const { server, user } = rig.world;
        const mail = orderMail(7);
        await server.deliver(user, mail, 'Orders');
        const desk = await rig.listen();
        const held = await desk.next();
        held.accept();
        await rig.eventually(async () => (await server.flagsIn(user, 'Orders')).includes('a'), 'the mark');
        // Dovecot may write into it at the same time.
        await rm(server.folderOf(user, 'Orders'), { recursive: true, maxRetries: 20, retryDelay: 20 });
        await server.deliver(user, mail, 'Orders');
        await failureOf(desk.ending());
        const again = await (await rig.listen()).next();
        expect(again.id).toBe(held.id);
      });
    });

    it('has another id than another delivery of the same mail', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user } = rig.world;
        for (const _ of [1, 2]) await server.deliver(user, orderMail(1));
        const desk = await rig.listen({ concurrency: 2 });
        const [one, other] = await desk.nextFew(2);
        expect(one?.id).not.toBe(other?.id);
      });
    });
  });

  describe('a session that ends', () => {
    it('by the death of its process at the server ends run(), and what was in hand comes again', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, orderMail(1));
        const desk = await rig.listen();
        const held = await desk.next();
        server.killSessions();
        const error = await failureOf(desk.ending());
        expect(isWaybillError(error) && [error.code, error.retryable]).toEqual(['WB_EMAIL_MAILBOX_GONE', true]);
        held.accept();
        expect((await (await rig.listen()).next()).id).toBe(held.id);
      });
    });

    it('ends run() also while as many are in hand as may be, and others wait', async () => {
      await onStage(shared, {}, async (rig) => {
        const { server, user, cable } = rig.world;
        for (const number of [1, 2, 3]) await server.deliver(user, orderMail(number));
        const desk = await rig.listen();
        await desk.next();
        cable.cut();
        const error = await failureOf(desk.ending());
        expect(isWaybillError(error) && error.code).toBe('WB_EMAIL_MAILBOX_GONE');
        expect(desk.inHand.length).toBe(1);
      });
    });

    it('since its folder was deleted while it waited for mails ends run()', async () => {
      await onStage(shared, { folders: ['Orders'] }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, orderMail(1), 'Orders');
        const desk = await rig.listen();
        (await desk.next()).accept();
        // Dovecot may write into it at the same time.
        await rm(server.folderOf(user, 'Orders'), { recursive: true, maxRetries: 20, retryDelay: 20 });
        const error = await failureOf(desk.ending());
        expect(isWaybillError(error) && error.retryable).toBe(true);
      });
    });

    it('by silence ends run()', async () => {
      await onStage(shared, { every: '100ms' }, async (rig) => {
        const { imap } = rig.world.connection;
        const connection = await rig.connect({ ...rig.world.connection, imap: { ...imap, silence: '500ms' } });
        const desk = await rig.listen({ connection });
        rig.world.cable.mute();
        const error = await failureOf(desk.ending());
        expect(isWaybillError(error) && error.code).toBe('WB_EMAIL_MAILBOX_GONE');
      });
    });
  });

  describe('several folders', () => {
    it('are watched all, within one concurrency', async () => {
      await onStage(shared, { folders: ['INBOX', 'Orders', 'Stock'] }, async (rig) => {
        const { server, user } = rig.world;
        for (const folder of ['INBOX', 'Orders', 'Stock']) await server.deliver(user, mailOf({ attachments: [{ body: folder }] }), folder);
        const desk = await rig.listen({ concurrency: 2 });
        await desk.nextFew(2);
        await stays(() => desk.all.length === 2, { what: 'two in hand', within: 300 });
        desk.automatically((held) => held.accept());
        await rig.eventually(() => desk.all.length === 3, 'the third');
        expect(desk.all.map(({ text }) => text).toSorted()).toEqual(['INBOX', 'Orders', 'Stock']);
        await server.deliver(user, mailOf({ attachments: [{ body: 'late' }] }), 'Stock');
        await rig.eventually(() => desk.all.length === 4, 'a mail that comes later');
      });
    });

    it('that do not exist are told by name', async () => {
      await onStage(shared, { folders: ['INBOX', 'Nowhere'] }, async (rig) => {
        const error = await failureOf(rig.listen());
        expect(isWaybillError(error) && [error.code, error.message.includes('Nowhere')]).toEqual(['WB_EMAIL_FOLDER', true]);
      });
    });
  });

  describe('a mail', () => {
    it('that is in hand is not handed over again, however often is looked for mails', async () => {
      await onStage(shared, { every: '50ms' }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, orderMail(1));
        const desk = await rig.listen({ concurrency: 2 });
        await desk.next();
        await stays(() => desk.all.length === 1, { what: 'one delivery', within: 600 });
        await server.deliver(user, orderMail(2));
        expect((await desk.next()).text).toBe(order(2));
      });
    });

    it('of somebody who may not send is told with a defect, without its content', async () => {
      await onStage(shared, { from: ['*@supplier.test'] }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, mailOf({ from: 'Eve <eve@elsewhere.test>', attachments: [{ body: '<Order/>' }] }));
        await server.deliver(user, mailOf({ from: 'Sue <Sue@Supplier.test>', attachments: [{ body: '<Order/>' }] }));
        const desk = await rig.listen({ concurrency: 2 });
        const [stranger, known] = await desk.nextFew(2);
        expect([stranger?.delivery.defect?.code, stranger?.text]).toEqual(['WB_EMAIL_STRANGER', '']);
        expect([known?.delivery.defect, known?.text]).toEqual([undefined, '<Order/>']);
      });
    });

    it('has a principal when the own server has found its sender genuine, and only such are among those who may send', async () => {
      await onStage(shared, { from: ['*@supplier.test'], trust: { server: 'mx.shop.test' } }, async (rig) => {
        const { server, user } = rig.world;
        const genuine = 'Authentication-Results: mx.shop.test; dmarc=pass header.from=supplier.test';
        for (const top of [[genuine], []]) {
          const mail = mailOf({ from: 'sue@supplier.test', attachments: [{ body: '<Order/>' }] });
          await server.deliver(user, Buffer.concat([Buffer.from(top.map((line) => `${line}\r\n`).join('')), mail]));
        }
        const desk = await rig.listen({ concurrency: 2 });
        const [known, stranger] = await desk.nextFew(2);
        expect([known?.delivery.principal, known?.delivery.defect]).toEqual([{ name: 'sue@supplier.test' }, undefined]);
        expect([stranger?.delivery.principal, stranger?.delivery.defect?.code]).toEqual([undefined, 'WB_EMAIL_STRANGER']);
      });
    });

    it('that is too large keeps its headers for people', async () => {
      await onStage(shared, { limit: '64KB' }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, mailOf({ subject: 'Much', attachments: [{ body: new Uint8Array(500_000) }] }));
        const held = await (await rig.listen()).next();
        expect([held.delivery.defect?.code, held.delivery.message.properties['subject']]).toEqual(['WB_EMAIL_MAIL_TOO_LARGE', 'Much']);
        expect(held.text).toContain('Subject: Much\r\n');
        expect(held.delivery.message.body.length).toBeLessThan(1_000);
      });
    });
  });
});
