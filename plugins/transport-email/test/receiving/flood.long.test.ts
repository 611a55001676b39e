import { eventually, stays } from '@waybill/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryProjectFolder } from '../../../../test/bad-messages/project-folder.ts';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { manifestFor, openEffects } from './mail-marks.ts';
import { MailProcesses } from './mail-processes.ts';
import { mailOf } from './mails.ts';
import { prepareWorld, Shared, type World } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

/** 1,000 in the checks, or as many as `WAYBILL_MAILS` says. */
const many = Number(process.env['WAYBILL_MAILS'] ?? 1_000);

function markMail(number: number): Uint8Array {
  const body = JSON.stringify({ key: `m-${number}`, number });
  return mailOf({ id: `mark-${number}@partner.test`, attachments: [{ body, type: 'application/json', name: 'mark.json' }] });
}

async function deliver({ server, user }: World, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) await server.deliver(user, markMail(number));
}

async function prepare() {
  const world = await prepareWorld(shared, { every: '1s' });
  const folder = await temporaryProjectFolder();
  const effects = openEffects(folder);
  onTestFinished(async () => {
    effects.close();
    await world.close?.();
  });
  const count = (what: string): number => Number(effects.prepare(`SELECT count(${what}) AS n FROM effect`).get()?.['n']);
  return { world, folder, effects, count };
}

atDovecot('nobody has seen what becomes of thousands of mails while sessions break', () => {
  describe('two processes at one mailbox', () => {
    it(`work on each of ${many} mails once, over cuts, killed sessions and another UIDVALIDITY with all marks lost`, async () => {
      const { world, folder, count, effects } = await prepare();
      const { server, cable, user } = world;
      await deliver(world, 0, many / 2);
      const processes = await MailProcesses.start({ folder, manifest: manifestFor(world, { concurrency: 10 }) }, 2);
      onTestFinished(() => processes.end());
      const began = performance.now();
      const delivering = deliver(world, many / 2, many);
      for (const part of [0.1, 0.2, 0.3]) {
        await eventually(() => count('*') > part * many, { what: 'some to be done', within: 120_000 });
        cable.cut();
        await eventually(() => count('*') > (part + 0.05) * many, { what: 'some more to be done', within: 120_000 });
        server.killSessions();
      }
      await delivering;
      cable.isClosed = true;
      cable.cut();
      // What the server was about to write is written.
      await eventually(() => server.killSessions() === 0, { what: 'every session to end', within: 10_000 });
      const validity = server.uidValidity(user);
      await server.forgetUids(user);
      await server.forgetFlags(user);
      cable.isClosed = false;
      await eventually(() => count('DISTINCT key') >= many, { what: 'every mail to be worked on', within: 300_000 });
      const took = performance.now() - began;
      await eventually(async () => (await server.flagsIn(user)).filter((flags) => flags.includes('a')).length === many, {
        what: 'every mail to be marked',
        within: 300_000,
      });
      await stays(() => count('*') === many, { what: 'nothing worked on again', within: 1_500 });
      console.info(
        `${many} mails in ${Math.round(took)} ms, ${Math.round((many / took) * 1_000)}/s, with 3 cuts, 3 kills and a UIDVALIDITY`,
      );
      expect(server.uidValidity(user)).not.toBe(validity);
      expect([count('*'), count('DISTINCT key'), count('DISTINCT id')]).toEqual([many, many, many]);
      expect(effects.prepare('SELECT DISTINCT process FROM effect').all().length).toBe(1);
    });

    it('take over from each other when one is killed, and lose nothing', async () => {
      const { world, folder, count, effects } = await prepare();
      const processes = await MailProcesses.start({ folder, manifest: manifestFor(world, { concurrency: 4 }) }, 2);
      onTestFinished(() => processes.end());
      await deliver(world, 0, 100);
      const one = await eventually(() => effects.prepare('SELECT process FROM effect').get()?.['process'] as number | undefined, {
        what: 'one to work',
        within: 20_000,
      });
      await processes.kill(one);
      await eventually(() => count('DISTINCT key') === 100, { what: 'the other one to do the rest', within: 30_000 });
      expect(count('DISTINCT id')).toBe(100);
    });
  });
});
