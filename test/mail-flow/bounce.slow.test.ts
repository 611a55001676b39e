import { defineMessagePack, messageReported } from '@waybill/contract';
import { type RecipientState, recipientStates } from '@waybill/contract/host';
import journal from '@waybill/journal-sqlite';
import { createKernel, type Manifest } from '@waybill/kernel';
import { eventually, silentLog } from '@waybill/testing';
import transport from '@waybill/transport-email';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { atDovecot } from '../vehicles/at-dovecot.ts';
import { Dovecot } from '../vehicles/dovecot.ts';
import { Exim, hasExim } from '../vehicles/exim.ts';
import { atDesk } from './at-desk.ts';
import { noticeGiven, noticePack } from './notice.ts';

const fixtures = new URL('../../plugins/transport-http/test/fixtures/', import.meta.url).pathname;
const unchecked = 'no bounce of a real mail server was followed to the recipient that it speaks of';
const user = 'bounces@example.test';

const reportPack = defineMessagePack({
  name: 'reports',
  summary: 'Reports as plain mails.',
  messages: [{ name: 'Reported', version: '1', direction: 'out', summary: 'A report.', event: messageReported }],
  recognise: () => undefined,
  read: () => {
    throw new TypeError('reports are not read');
  },
  compose: ({ name }, data) => ({ type: name, contentType: 'text/plain', body: JSON.stringify(data) }),
});

/** One connection for both ways: Exim takes mails and delivers bounces into the mailbox that Dovecot shows. */
function manifestWith(exim: Exim, dovecot: Dovecot): Manifest {
  const manifest = {
    name: 'bounces',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-email'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: {
      post: {
        transport: 'email',
        domain: 'shop.example.test',
        bounces: { domain: 'example.test' },
        smtp: { host: '127.0.0.1', port: exim.port, encryption: 'none', name: 'shop.example.test' },
        imap: {
          host: '127.0.0.1',
          port: dovecot.port,
          encryption: 'none',
          auth: { password: { user, password: '${env:MAIL_FLOW_PASSWORD}' } },
        },
      },
    },
    inbound: { returned: { connection: 'post', credentials: 'ignore', every: '5s' } },
    outbound: {
      people: { connection: 'post', from: 'shop@example.test' },
      admin: { connection: 'post', from: 'shop@example.test', to: ['admin@example.test'], subject: 'A report' },
    },
    routes: [
      { event: 'notice.given', message: 'Notice', to: ['people'] },
      { event: 'message.reported', message: 'Reported', to: ['admin'] },
    ],
  };
  return manifest as unknown as Manifest;
}

const stages = (states: readonly RecipientState[]) =>
  states.map(({ address, stage, permanent, detail }) => ({ address, stage, permanent, detail }));

atDovecot(unchecked, () => {
  describe.runIf(hasExim(unchecked))('a mail to two that Exim takes, of whom one is gone', () => {
    let dovecot: Dovecot;
    let exim: Exim;
    beforeAll(async () => {
      dovecot = await Dovecot.start();
      const bounces = await dovecot.openMailbox(user);
      exim = await Exim.start({ certificate: `${fixtures}certificate.pem`, key: `${fixtures}key.pem`, isOpen: true, bounces });
    }, 120_000);
    afterAll(async () => {
      await exim?.end();
      await dovecot?.end();
    });

    it('is told to have bounced for that one within ten seconds, by the state of the recipient, by an event, and by the trace', async () => {
      const folder = await temporaryProjectFolder();
      const manifest = manifestWith(exim, dovecot);
      const plugins = [journal, transport, noticePack, reportPack];
      const env = { MAIL_FLOW_PASSWORD: dovecot.password };
      const kernel = createKernel({ manifest: { ...manifest, plugins: [] }, folder, plugins, handlers: [], env, log: silentLog });
      await kernel.start();
      onTestFinished(() => kernel.stop({ grace: 5_000 }));
      await kernel.publish(noticeGiven, { to: ['ada@example.test', 'gone@example.test'], text: 'To both of you.' });
      const shown = async () => {
        const [row] = (await kernel.desk.list({ direction: 'out', entry: 'people' })).rows;
        return row && kernel.desk.show(row);
      };
      await eventually(() => dovecot.count(user).then((count) => count > 0), { what: 'the bounce to arrive', within: 60_000 });
      const since = performance.now();
      const leg = await eventually(
        async () => {
          const found = await shown();
          return found && recipientStates(found).some(({ stage }) => stage === 'bounced') && found;
        },
        { what: 'the recipient to have bounced', within: 10_000 },
      );
      console.info(`bounced ${Math.round(performance.now() - since)} ms after the bounce had arrived`);
      expect(stages(recipientStates(leg))).toEqual([
        { address: 'ada@example.test', stage: 'sent', permanent: undefined, detail: expect.stringContaining('250 OK') },
        { address: 'gone@example.test', stage: 'bounced', permanent: true, detail: expect.stringContaining('the mailbox is gone') },
      ]);
      expect(leg.state).toBe('done');

      const told = await eventually(async () => (await exim.mails()).find((mail) => mail.includes('Subject: A report')), {
        what: 'the administrator to be told',
        within: 10_000,
      });
      expect(JSON.parse(told.slice(told.indexOf('\n\n')).replaceAll(/=\n/g, '').replaceAll('=3D', '='))).toMatchObject({
        messageId: leg.id,
        entry: 'people',
        messageType: 'Notice@1',
        event: 'notice.given',
        kind: 'bounced',
        permanent: true,
        recipient: 'gone@example.test',
      });
      expect(await atDesk(folder, manifest, ['trace', leg.id])).toMatchObject({
        messages: [
          {
            id: leg.id,
            entry: 'people',
            state: 'done',
            recipientStates: [{ stage: 'sent' }, { stage: 'bounced', permanent: true }],
            reports: [{ kind: 'bounced' }],
          },
          { entry: 'admin', event: 'message.reported' },
        ],
      });
      expect(await kernel.desk.counts()).toEqual([]);
    });
  });
});
