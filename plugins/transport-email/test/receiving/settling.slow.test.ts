import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { isWaybillError } from '@waybill/contract';
import { stays } from '@waybill/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { mailOf } from './mails.ts';
import { onStage } from './stage.ts';
import { Shared } from './world.ts';

const able = new Shared();
/** One without IDLE, MOVE and UIDPLUS. */
const plain = new Shared({ capabilities: 'IMAP4rev1' });
afterAll(() => Promise.all([able.end(), plain.end()]));

const order = mailOf({ id: 'order@partner.test', attachments: [{ body: '<Order/>' }] });

atDovecot('no mailbox showed how mails are settled', () => {
  describe.each([
    ['a server that has everything', able],
    ['a server without IDLE, MOVE and UIDPLUS', plain],
  ])('at %s', (_, shared) => {
    it.each([
      ['a keyword', {}, 'a'],
      ['another keyword', { done: { keyword: 'Handled' } }, 'a'],
      ['\\Seen', { done: 'seen' }, 'S'],
    ])('%s marks what is done with, also for the next listener', async (_name, inbound, letter) => {
      await onStage(shared, { every: '200ms', ...inbound }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, order);
        const desk = await rig.listen();
        (await desk.next()).accept();
        await rig.eventually(async () => (await server.flagsIn(user)).includes(letter), 'the mark');
        await desk.stop();
        const later = await rig.listen();
        await stays(() => later.all.length === 0, { what: 'nothing for the next one', within: 500 });
        expect(await server.count(user)).toBe(1);
      });
    });

    it('two keywords tell what was worked on from what could not be', async () => {
      await onStage(shared, { every: '200ms', done: { keyword: 'Done' }, rejected: { keyword: 'Refused' } }, async (rig) => {
        const { server, user } = rig.world;
        for (const _ of [1, 2]) await server.deliver(user, order);
        const desk = await rig.listen();
        (await desk.next()).reject();
        (await desk.next()).accept();
        await rig.eventually(async () => (await server.flagsIn(user)).join() === 'a,b', 'both marks');
        await stays(() => desk.all.length === 2, { what: 'nothing else', within: 500 });
        expect(await server.count(user)).toBe(2);
      });
    });

    it('folders take what was worked on and what could not be, and are made where they are missing', async () => {
      await onStage(shared, { every: '200ms', done: { folder: 'Done' }, rejected: { folder: 'Refused' } }, async (rig) => {
        const { server, user } = rig.world;
        for (const _ of [1, 2, 3]) await server.deliver(user, order);
        const desk = await rig.listen();
        (await desk.next()).accept();
        (await desk.next()).reject();
        await rig.eventually(async () => (await server.count(user, 'Done')) + (await server.count(user, 'Refused')) === 2, 'both moves');
        expect([await server.count(user, 'Done'), await server.count(user, 'Refused')]).toEqual([1, 1]);
        (await desk.next()).accept();
        await rig.eventually(async () => (await server.count(user, 'Done')) === 2, 'the third move');
        // What is marked as deleted, where a mail cannot be removed alone, is no new mail.
        await stays(() => desk.all.length === 3, { what: 'nothing else', within: 500 });
      });
    });

    it('what is deleted is no new mail, and what others have marked as deleted stays', async () => {
      await onStage(shared, { every: '200ms', done: 'delete' }, async (rig) => {
        const { server, user } = rig.world;
        for (const _ of [1, 2]) await server.deliver(user, order);
        const others = await rig.listen({ concurrency: 2 });
        const [one, other] = await others.nextFew(2);
        one?.accept();
        await rig.eventually(async () => (await server.flagsIn(user)).join() === (shared === able ? '' : ',T'), 'the first to be deleted');
        other?.release();
        expect((await others.next()).id).toBe(other?.id);
        expect(await server.count(user)).toBe(shared === able ? 1 : 2);
      });
    });
  });

  describe('a mail that the server does not settle', () => {
    it('ends run(), and comes again', async () => {
      await onStage(able, { done: { folder: 'Done' } }, async (rig) => {
        const { server, user } = rig.world;
        await server.deliver(user, order);
        const desk = await rig.listen();
        const held = await desk.next();
        const closed = ['cur', 'new', 'tmp'].map((each) => join(server.folderOf(user, 'Done'), each));
        for (const each of closed) await chmod(each, 0o555);
        held.accept();
        const error: unknown = await desk.ending().catch((cause: unknown) => cause);
        for (const each of closed) await chmod(each, 0o755);
        expect(isWaybillError(error) && [error.code, error.retryable]).toEqual(['WB_EMAIL_NOT_SETTLED', true]);
        expect((await (await rig.listen()).next()).id).toBe(held.id);
      });
    });
  });

  describe('a folder for what is done with', () => {
    it('that mails are taken from is refused', async () => {
      await onStage(able, { done: { folder: 'inbox' } }, async (rig) => {
        const error: unknown = await rig.listen().catch((cause: unknown) => cause);
        expect(isWaybillError(error) && [error.code, error.retryable]).toEqual(['WB_EMAIL_FOLDER_LOOPS', false]);
      });
    });
  });
});
