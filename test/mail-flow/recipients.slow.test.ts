import { join } from 'node:path';
import type { RecipientOutcome } from '@waybill/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { atDesk } from './at-desk.ts';
import { manifestOf, SendingProcess } from './sending-process.ts';
import { MailWitness, type WitnessOrder } from './witness.ts';

// One mail to a thousand people, of whom three are refused and twenty are put off at first.

const names = (kind: string, count: number) => Array.from({ length: count }, (_, number) => `${kind}${number}@example.test`);
const [good, grey, bad] = [names('good', 977), names('grey', 20), names('bad', 3)];
/** Mixed, as people are. */
const everybody = [...good.slice(0, 300), ...bad, ...grey, ...good.slice(300)];

let witness: MailWitness | undefined;
let sending: SendingProcess | undefined;
afterEach(async () => {
  await sending?.kill();
  await witness?.end();
});

interface Shown {
  readonly recipients?: readonly RecipientOutcome[];
}

interface Options {
  readonly holds?: WitnessOrder['holds'];
  readonly smtp?: object;
  readonly unknown?: 'retry' | 'park';
}

/** Sends it. Where the server holds, the process is killed there and another one goes on. */
async function send({ holds, smtp, unknown = 'retry' }: Options) {
  const folder = await temporaryProjectFolder();
  witness = await MailWitness.start({ file: join(folder, 'taken.jsonl'), holds });
  const manifest = manifestOf({ port: witness.port, smtp: { comeAgain: '1s', ...smtp }, entry: { unknown, timeout: '60s' } });
  sending = new SendingProcess({ folder, manifest, notices: [{ id: 'one', to: everybody, text: 'To all of you.' }] });
  await sending.start();
  if (holds) {
    await witness.holds();
    await sending.kill();
    await sending.start();
  }
  const [leg] = await sending.legsInTheEnd();
  await sending.kill();
  const shown = (await atDesk(folder, manifest, ['show', leg?.id ?? '', '--reveal', '--by', 'rig'])) as Shown;
  const times = Map.groupBy(witness.record, ({ to }) => to);
  const taken = (count: number) => everybody.filter((address) => (times.get(address)?.length ?? 0) === count);
  const mails = new Set(witness.record.map(({ id }) => id)).size;
  return { leg, recipients: shown.recipients ?? [], mails, never: taken(0), once: taken(1), twice: taken(2) };
}

const withOutcome = (recipients: readonly RecipientOutcome[], wanted: RecipientOutcome['outcome']) =>
  recipients.filter(({ outcome }) => outcome === wanted).map(({ address }) => address);

function expectAllToHaveItOnce({ leg, recipients, mails, never, once, twice }: Awaited<ReturnType<typeof send>>): void {
  expect([leg?.state, mails, never, twice, once.length]).toEqual(['done', 1, bad, [], 997]);
  expect(recipients.map(({ address }) => address)).toEqual(everybody);
  expect(withOutcome(recipients, 'refused')).toEqual(bad);
  expect(withOutcome(recipients, 'sent')).toHaveLength(997);
}

describe('a mail to a thousand people', () => {
  it('comes to each of them once, also to those who were put off, and tells who was refused', async () => {
    expectAllToHaveItOnce(await send({}));
  });

  it('does so too where the process is killed before the end of the mail was handed over', async () => {
    expectAllToHaveItOnce(await send({ holds: { at: 'recipient', count: 500 }, smtp: { recipientsAtOnce: 1_000 } }));
  });

  it('comes to nobody twice where the process is killed between two steps', async () => {
    expectAllToHaveItOnce(await send({ holds: { at: 'recipient', count: 550 } }));
  });

  it('is parked where the process is killed before it heard what became of it, and "unknown" is "park"', async () => {
    const { leg, twice, once } = await send({ holds: { at: 'mail', count: 1 }, smtp: { recipientsAtOnce: 1_000 }, unknown: 'park' });
    expect([leg?.state, leg?.code, twice, once.length]).toEqual(['parked', 'WB_SEND_TIMEOUT', [], 977]);
  });
});
