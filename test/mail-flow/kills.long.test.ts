import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import type { Leg } from './sending-child.ts';
import { manifestOf, SendingProcess } from './sending-process.ts';
import { MailWitness, type Taken } from './witness.ts';

/** 400 and 8 in the checks, or as many as the environment says. */
const mails = Number(process.env['WAYBILL_MAILS'] ?? 240);
const kills = Number(process.env['WAYBILL_KILLS'] ?? 5);
/** How many are sent at the same time. */
const concurrency = 4;

let witness: MailWitness | undefined;
let sending: SendingProcess | undefined;
afterEach(async () => {
  await sending?.kill();
  await witness?.end();
});

/** Every fifth one is for two. An address belongs to one notice. */
const notices = Array.from({ length: mails }, (_, number) => ({
  id: `notice-${number}`,
  to: [`a${number}@example.test`, ...(number % 5 === 0 ? [`b${number}@example.test`] : [])],
  text: `Notice ${number}.`,
}));

interface Seen {
  readonly legs: readonly Leg[];
  readonly record: readonly Taken[];
  readonly killed: readonly string[];
}

/** Sends them all while the process is killed over and over, and prints what came of it. */
async function sendAll(unknown: 'retry' | 'park'): Promise<Seen> {
  const folder = await temporaryProjectFolder();
  witness = await MailWitness.start({ file: join(folder, 'taken.jsonl'), answersAfter: 5 });
  sending = new SendingProcess({ folder, notices, manifest: manifestOf({ port: witness.port, entry: { unknown, concurrency } }) });
  const began = performance.now();
  await sending.start();
  for (let kill = 1; kill <= kills; kill++) {
    await witness.hasTaken(Math.floor((kill * mails * 0.95) / (kills + 1)));
    // Not always where the last mail was taken.
    await pause(Math.random() * 20);
    await sending.kill();
    await sending.start();
  }
  const legs = await sending.legsInTheEnd();
  const took = Math.round(performance.now() - began);
  const { record } = witness;
  console.info(`"unknown": "${unknown}": ${saying({ legs, record, killed: sending.killed })}, in ${took} ms`);
  return { legs, record, killed: sending.killed };
}

/** Recipients who got it more than once, each with who has sent it. */
function doubled(record: readonly Taken[]): ReadonlyArray<readonly [to: string, by: readonly string[]]> {
  const all = [...Map.groupBy(record, ({ to }) => to)].map(([to, some]) => [to, some.map(({ by }) => by)] as const);
  return all.filter(([, by]) => by.length > 1);
}

/** Recipients who never got it, but for those of notices that a person is asked about. */
function lost({ legs, record }: Seen): readonly string[] {
  const have = new Set(record.map(({ to }) => to));
  const parked = new Set(legs.filter(({ state }) => state === 'parked').flatMap(({ to }) => to));
  return notices.flatMap(({ to }) => to).filter((address) => !have.has(address) && !parked.has(address));
}

const inState = (legs: readonly Leg[], wanted: Leg['state']) => legs.filter(({ state }) => state === wanted);

function saying(seen: Seen): string {
  const { legs, record, killed } = seen;
  const all = notices.flatMap(({ to }) => to).length;
  const parked = inState(legs, 'parked');
  const have = new Set(record.map(({ to }) => to));
  const arrived = parked.filter(({ to }) => to.every((address) => have.has(address))).length;
  return [
    `${mails} mails to ${all} recipients with ${killed.length} kills`,
    `${lost(seen).length} lost`,
    `${doubled(record).length} recipients twice`,
    `${inState(legs, 'done').length} mails sent`,
    `${parked.length} parked, of which ${arrived} had arrived`,
  ].join(', ');
}

/** At each kill no more were in hand than are sent at the same time; and what comes twice comes from a process that was killed, and one after it. */
function expectOnlyWhatWasInHand({ record, killed }: Seen): void {
  const firsts = new Map<string, Set<string>>();
  for (const [to, by] of doubled(record)) {
    expect([to, new Set(by).size]).toEqual([to, by.length]);
    for (const one of by.slice(0, -1)) firsts.set(one, (firsts.get(one) ?? new Set()).add(to.slice(1)));
  }
  expect([...firsts.keys()].filter((one) => !killed.includes(one))).toEqual([]);
  expect([...firsts.values()].filter(({ size }) => size > concurrency)).toEqual([]);
}

describe(`${mails} mails of a process that is killed ${kills} times`, () => {
  it('all arrive, and none twice but those that were in hand, where the entry says that such ones are sent again', async () => {
    const seen = await sendAll('retry');
    expect([inState(seen.legs, 'done').length, seen.killed.length, lost(seen)]).toEqual([mails, kills, []]);
    expectOnlyWhatWasInHand(seen);
  });

  it('never arrive twice where the entry parks those that were in hand, and no others are parked', async () => {
    const seen = await sendAll('park');
    const parked = inState(seen.legs, 'parked');
    expect([doubled(seen.record), lost(seen), seen.killed.length]).toEqual([[], [], kills]);
    expect(inState(seen.legs, 'done').length + parked.length).toBe(mails);
    expect([...new Set(parked.map(({ code }) => code))].filter((code) => code !== 'WB_SEND_TIMEOUT')).toEqual([]);
    expect([parked.length > 0, parked.length <= kills * concurrency]).toEqual([true, true]);
    // What was taken and is not known to be, is parked.
    const done = new Set(inState(seen.legs, 'done').flatMap(({ to }) => to));
    const asked = new Set(parked.flatMap(({ to }) => to));
    expect(seen.record.filter(({ to }) => !done.has(to) && !asked.has(to))).toEqual([]);
  });
});
