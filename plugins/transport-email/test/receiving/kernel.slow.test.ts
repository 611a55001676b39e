import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '@waybill/commerce';
import journal from '@waybill/journal-sqlite';
import { createKernel, type Manifest, type Observation } from '@waybill/kernel';
import fulfillment from '@waybill/pack-fulfillment';
import legacyPack from '@waybill/pack-legacy';
import { eventually, silentLog } from '@waybill/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../../../scripts/generate/workspace.ts';
import { temporaryProjectFolder } from '../../../../test/bad-messages/project-folder.ts';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import transport from '../../src/index.ts';
import { mailOf, type WrittenAttachment } from './mails.ts';
import { prepareWorld, Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

const sample = (pack: string, file: string): Buffer => readFileSync(join(root, 'plugins', pack, 'test', file));
const status: WrittenAttachment = {
  body: sample('pack-fulfillment', 'samples/Update_WCS_OrderStatus.xml'),
  type: 'text/xml',
  name: 'status.xml',
};
const quantity: WrittenAttachment = {
  body: sample('pack-legacy', 'fixtures/product_quantity_update.txt'),
  type: 'application/octet-stream',
  name: 'PQ01.TXT',
};

/** Runs a kernel at a mailbox until it has come to so many outcomes. */
async function outcomesOf(mails: readonly Uint8Array[], count: number, entry: object = {}) {
  const world = await prepareWorld(shared);
  for (const mail of mails) await world.server.deliver(world.user, mail);
  const called: string[] = [];
  const handlers = commands.map((command) => ({ command, run: () => void called.push(command.name) }));
  const manifest = {
    name: 'mails',
    plugins: [],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { post: { transport: 'email', ...world.connection } },
    inbound: { mails: { connection: 'post', credentials: 'ignore', order: 'serial', ...world.inbound, ...entry } },
  } as unknown as Manifest;
  const kernel = createKernel({
    manifest,
    folder: await temporaryProjectFolder(),
    plugins: [journal, transport, fulfillment, legacyPack],
    application: { handlers },
    log: silentLog,
  });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  await kernel.start();
  onTestFinished(async () => {
    await kernel.stop({ grace: 5_000 });
    await world.close?.();
  });
  await eventually(() => seen.length >= count, { what: 'all outcomes', within: 30_000 });
  return { called, world, outcomes: seen.map(({ id, code, type }) => [id?.replace(/\/[0-9a-f]{32}/, ''), code ?? type]) };
}

atDovecot('no kernel was seen at a mailbox', () => {
  describe('a kernel at a mailbox', () => {
    it('has each attachment of a mail read by the pack that knows it', async () => {
      const mail = mailOf({ id: 'two@partner.test', attachments: [status, quantity] });
      const { outcomes, called } = await outcomesOf([mail], 2);
      expect(outcomes).toEqual([
        ['two@partner.test#2', 'Update_WCS_OrderStatus@3.0'],
        ['two@partner.test#3', 'ProductQuantityUpdate@01'],
      ]);
      expect(called).toEqual(['order.ship-status', 'inventory.set-levels']);
    });

    it('parks what nobody can work on, and goes on with what comes behind it', async () => {
      const { outcomes, world } = await outcomesOf(
        [
          mailOf({ id: 'no-document@partner.test' }),
          mailOf({ id: 'half@partner.test', attachments: [status] }).subarray(0, 900),
          mailOf({ id: 'good@partner.test', attachments: [status] }),
        ],
        3,
      );
      expect(outcomes).toEqual([
        ['no-document@partner.test', 'WB_EMAIL_NO_DOCUMENT'],
        ['half@partner.test#2', 'WB_EMAIL_DAMAGED'],
        ['good@partner.test#2', 'Update_WCS_OrderStatus@3.0'],
      ]);
      await eventually(async () => (await world.server.flagsIn(world.user)).join() === 'a,a,a', {
        what: 'all to be marked',
        within: 10_000,
      });
    });

    it('reads a document that is the body of a mail', async () => {
      const head =
        'From: buyer@partner.test\r\nMessage-ID: <body@partner.test>\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n';
      const mail = Buffer.from(`${head}${Buffer.from(status.body).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`);
      const { outcomes } = await outcomesOf([mail], 1);
      expect(outcomes.map(([, type]) => type)).toEqual(['Update_WCS_OrderStatus@3.0']);
    });

    it('does not work on a mail again that is copied within the mailbox', async () => {
      const mail = mailOf({ id: 'copied@partner.test', attachments: [status] });
      const { called } = await outcomesOf([mail, mail], 2);
      expect(called).toEqual(['order.ship-status']);
    });
  });
});
