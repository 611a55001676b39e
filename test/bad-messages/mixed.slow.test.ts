import { eventually } from '@waybill/testing';
import { expect, it } from 'vitest';
import { faults } from './faults.ts';
import { arrival, lay, parkedFile } from './files.ts';
import { oneConnection, post } from './http.ts';
import { goodMessages } from './samples.ts';
import { callsFor, emptied, freshId, outcomeOf, put, sharedWorld } from './world.ts';

const world = sharedWorld();

/** Good ones before, between and after bad ones. */
const mixture = faults.flatMap(({ body }, index) => [
  { good: true, body: goodMessages[index % goodMessages.length] ?? '' },
  { good: false, body },
]);
mixture.push({ good: true, body: goodMessages[0] ?? '' });
const goodOnes = mixture.filter(({ good }) => good).length;

it('good messages among bad ones on a queue are all handled once', async () => {
  const sent = await Promise.all(mixture.map(async ({ good, body }) => ({ good, id: await put(world(), 'IN', body) })));
  const outcomes = await Promise.all(sent.map(async ({ id }) => (await outcomeOf(world(), id)).outcome));
  expect(outcomes).toEqual(sent.map(({ good }) => (good ? 'done' : 'parked')));
  await emptied(world(), 'IN');
  const handled = sent.filter(({ good }) => good).map(({ id }) => callsFor(world(), id).length);
  expect(handled).toEqual(Array<number>(goodOnes).fill(1));
});

it('good messages among bad ones in a folder are all handled once', async () => {
  const before = (await world().kernel.desk.list({ state: 'parked', entry: 'files', limit: 1_000 })).rows.length;
  const calls = world().calls.length;
  await Promise.all(mixture.map(({ body }, index) => lay(world(), `mixed-${index}.xml`, body)));
  await Promise.all(mixture.map(({ good }, index) => arrival(world(), good ? 'done' : 'rejected', `mixed-${index}.xml`)));
  expect((await world().kernel.desk.list({ state: 'parked', entry: 'files', limit: 1_000 })).rows).toHaveLength(
    before + mixture.length - goodOnes,
  );
  expect(await parkedFile(world(), 'mixed-0.xml')).toBeUndefined();
  const byHandler = faults.filter((fault) => fault.byHandler).length;
  expect(world().calls.length - calls).toBe(goodOnes + byHandler);
});

it('good messages among bad ones over HTTP are all handled once', async () => {
  const agents = [oneConnection(), oneConnection(), oneConnection(), oneConnection()];
  const answers = await Promise.all(
    mixture.map(async ({ good, body }, index) => {
      const id = freshId();
      const agent = agents[index % agents.length];
      const { status } = await post(world(), '/messages', body, { id, ...(agent ? { agent } : {}) });
      return { good, id, status };
    }),
  );
  for (const agent of agents) agent.destroy();
  expect(answers.filter(({ good, status }) => good !== (status === 204))).toEqual([]);
  const handled = answers.filter(({ good }) => good).map(({ id }) => callsFor(world(), id).length);
  expect(handled).toEqual(Array<number>(goodOnes).fill(1));
  expect((await world().kernel.desk.list({ state: 'parked', entry: 'web' })).rows).toEqual([]);
});

it('the kernel runs as before', async () => {
  const idle = () =>
    world()
      .kernel.status()
      .inbound.every(({ inHand, state }) => inHand === 0 && state === 'receiving');
  await eventually(idle, { what: 'nothing to be in hand' });
  expect(world().kernel.status()).toMatchObject({ state: 'running', degraded: false });
});
