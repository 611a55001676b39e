// Drops mails into a mailbox of its own and counts what a process makes of them: `node drop-mails.ts 5000 10`, how many and how many at the same time.
import { eventually, makeFolder, removeFolder } from '@waybill/testing';
import { manifestFor, openEffects } from './mail-marks.ts';
import { MailProcesses } from './mail-processes.ts';
import { mailOf } from './mails.ts';
import { prepareWorld, Shared } from './world.ts';

const [many = 5_000, concurrency = 10] = process.argv.slice(2).map(Number);

const shared = new Shared();
const folder = await makeFolder();
try {
  const world = await prepareWorld(shared);
  for (let number = 0; number < many; number++) {
    const body = JSON.stringify({ key: `m-${number}`, number });
    const attachments = [{ body, type: 'application/json', name: 'mark.json' }];
    await world.server.deliver(world.user, mailOf({ id: `mark-${number}@partner.test`, attachments }));
  }
  console.info(`${many} mails lie in the mailbox`);
  const effects = openEffects(folder);
  const counting = effects.prepare('SELECT count(*) AS runs, count(DISTINCT key) AS keys, count(DISTINCT id) AS ids FROM effect');
  const began = performance.now();
  const processes = await MailProcesses.start({ folder, manifest: manifestFor(world, { concurrency }) }, 1);
  await eventually(() => Number(counting.get()?.['keys']) === many, { what: 'every mail to be worked on', within: 600_000 });
  const took = performance.now() - began;
  await eventually(async () => (await world.server.flagsIn(world.user)).filter((flags) => flags.includes('a')).length === many, {
    what: 'every mail to be marked',
    within: 60_000,
  });
  console.info(`worked on in ${Math.round(took)} ms, ${Math.round((many / took) * 1_000)}/s: ${JSON.stringify(counting.get())}`);
  await processes.end();
  effects.close();
  await world.close?.();
} finally {
  await shared.end();
  await removeFolder(folder);
}
