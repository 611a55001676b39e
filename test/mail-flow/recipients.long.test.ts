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
  const taken = (is: (count: number) => boolean) => everybody.filter((address) => is(times.get(address)?.length ?? 0));
  const mails = new Set(witness.record.map(({ id }) => id)).size;
  const [never, once, twice] = [taken((count) => count === 0), taken((count) => count === 1), taken((count) => count > 1)];
  return { leg, recipients: shown.recipients ?? [], mails, never, once, twice };
}

/** What there is to be in the end. */
const allHaveIt = { state: 'done', mails: 1, never: bad, twice: [], once: 997, addresses: everybody, refused: bad, sent: 997 };

/** The same of what was seen. */
function ending({ leg, recipients, once, ...seen }: Awaited<ReturnType<typeof send>>): typeof allHaveIt {
  const withOutcome = (wanted: RecipientOutcome['outcome']) =>
    recipients.filter(({ outcome }) => outcome === wanted).map(({ address }) => address);
  const addresses = recipients.map(({ address }) => address);
  const told = { addresses, refused: withOutcome('refused'), sent: withOutcome('sent').length };
  return { state: leg?.state ?? '', once: once.length, ...seen, ...told } as typeof allHaveIt;
}

describe('a mail to a thousand people', () => {
  it('comes to each of them once, also to those who were put off, and tells who was refused', async () => {
    expect(ending(await send({}))).toEqual(allHaveIt);
  });

  it('does so too where the process is killed before the end of the mail was handed over', async () => {
    expect(ending(await send({ holds: { at: 'recipient', count: 500 }, smtp: { recipientsAtOnce: 1_000 } }))).toEqual(allHaveIt);
  });

  it('does so too where the process is killed when some have it and others do not', async () => {
    expect(ending(await send({ holds: { at: 'recipient', count: 550 } }))).toEqual(allHaveIt);
  });

  it('comes twice at most to those of one step, where the process is killed before it heard what became of that', async () => {
    const { leg, once, twice } = await send({ holds: { at: 'mail', count: 6 } });
    console.info(`killed at the end of the sixth step: ${twice.length} of 997 have it twice`);
    expect([leg?.state, once.length + twice.length, twice.length > 0, twice.length <= 100]).toEqual(['done', 997, true, true]);
  });

  it('is parked then where "unknown" is "park", and comes to nobody twice', async () => {
    const { leg, recipients, once, twice } = await send({ holds: { at: 'mail', count: 6 }, unknown: 'park' });
    const sent = recipients.filter(({ outcome }) => outcome === 'sent').length;
    expect([leg?.state, leg?.code, twice]).toEqual(['parked', 'WB_SEND_TIMEOUT', []]);
    expect([once.length - sent > 0, once.length - sent <= 100]).toEqual([true, true]);
  });
});
