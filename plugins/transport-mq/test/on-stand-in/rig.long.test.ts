import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasStandIn } from '../stand-in/library.ts';
import { type QueueManager, startQueueManager } from '../stand-in/queue-manager.ts';

const isHere = hasStandIn('units of work over IBM MQ were not shaken');

/** How many messages: 20,000 take minutes on a busy machine. And how many at a time are put. */
const count = Number(process.env['WAYBILL_MQ_RIG_COUNT'] ?? 5_000);
const portion = 500;
const body = (number: number): string => `message ${number}`;

/** Processes that answer messages. One that is killed is started again. */
class Crew {
  readonly #children = new Map<string, ChildProcess>();
  readonly #env: object;

  constructor(qm: QueueManager) {
    this.#env = { ...process.env, ...qm.env };
  }

  start(name: string): void {
    const child = fork(new URL('rig-child.ts', import.meta.url), ['RIG.IN', name], {
      env: this.#env as NodeJS.ProcessEnv,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#children.set(name, child);
  }

  async kill(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** One after the other, again and again, until it is over: what can go wrong. */
async function shake(qm: QueueManager, crew: Crew, over: AbortSignal): Promise<number> {
  let number = 0;
  const troubles = [
    async () => {
      const [host] = (await qm.connections()).filter(({ unit }) => unit.got > 0);
      if (host) process.kill(host.pid, 'SIGKILL');
    },
    () => qm.cut('one'),
    async () => {
      await crew.kill('two');
      crew.start('two');
    },
    () => qm.fault({ verb: 'CMIT', queue: 'RIG.IN', act: { cut: 'after' } }),
    () => qm.fault({ verb: 'CMIT', queue: 'RIG.IN', act: { reason: 2003 } }),
    async () => {
      await qm.end();
      await pause(100);
      await qm.start();
    },
    async () => {
      await qm.kill();
      await qm.restart();
    },
  ];
  for (; !over.aborted; number++) {
    await pause(700);
    // A host may have ended by itself, between the look and the kill.
    await troubles[number % troubles.length]?.().catch(() => undefined);
  }
  return number;
}

describe.runIf(isHere)('two processes whose connections, hosts, and queue manager fail all the time', () => {
  it('answer each of thousands of messages once', { timeout: 600_000 }, async () => {
    const qm = await startQueueManager({ sync: false });
    onTestFinished(() => qm.close());
    for (const name of ['RIG.IN', 'RIG.OUT']) await qm.define(name, { type: 'local', maxDepth: 2 * count });
    const descriptor = { ReplyToQ: 'RIG.OUT', Format: 'MQSTR', CodedCharSetId: 1208 };
    for (let first = 0; first < count; first += portion) {
      await Promise.all(Array.from({ length: portion }, (_, index) => qm.put('RIG.IN', { body: body(first + index), descriptor })));
    }
    const crew = new Crew(qm);
    onTestFinished(async () => {
      for (const name of ['one', 'two']) await crew.kill(name);
    });
    for (const name of ['one', 'two']) crew.start(name);
    const over = new AbortController();
    const shaking = shake(qm, crew, over.signal);
    const left = () => qm.depth('RIG.OUT').catch(() => 0);
    await eventually(async () => (await left()) >= count, { what: 'all answers', within: 500_000 });
    over.abort();
    const troubles = await shaking;
    await eventually(async () => (await qm.browse('RIG.OUT')).length >= count, { what: 'all answers to be committed', within: 30_000 });
    const answers = (await qm.browse('RIG.OUT')).map(({ text }) => text);
    expect({ answers: answers.length, different: new Set(answers).size, left: await qm.depth('RIG.IN') }).toEqual({
      answers: count,
      different: count,
      left: 0,
    });
    expect(troubles).toBeGreaterThan(7);
  });
});
