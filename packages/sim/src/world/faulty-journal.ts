import type { Control, Desk, InboxStep, Journal } from '@waybill/contract';
import { transportErrors } from '../errors.ts';
import type { SimProcess } from './sim-process.ts';
import type { World } from './world.ts';

const failing = ['journal.fails-before', 'journal.fails-after', 'process.killed-before-step', 'process.killed-after-step'] as const;

interface StepHooks<Result> {
  /** Called as soon as the step is applied, whether or not its caller ever hears of it; `at`: the step of the oracle at which it was. */
  readonly saw?: (result: Result, at: number) => unknown;
  /** A journal whose answer to this step is lost gives back what it had handed out: so does not the one in memory, which loses none. */
  readonly isAnswered?: boolean;
}

/** The steps of one opening: each takes time, all are applied in the order in which they were called, and any may fail. */
class Steps {
  readonly #world: World;
  readonly #process: SimProcess;
  #busyUntil = 0;
  #closedUntil = 0;

  constructor(world: World, process: SimProcess) {
    this.#world = world;
    this.#process = process;
  }

  async do<Result>(name: string, call: () => Promise<Result>, { saw, isAnswered = false }: StepHooks<Result> = {}): Promise<Result> {
    const { time, random, faults, oracle, tell } = this.#world;
    const process = this.#process;
    for (let blocked = process.gate(); blocked; blocked = process.gate()) await blocked;
    const takes = random.whole(0, 3) + (faults.happens('journal.hangs') ? random.whole(500, 12_000) : 0);
    this.#busyUntil = Math.max(this.#busyUntil, time.now + takes);
    if (faults.happens('process.zombie-at-step')) process.suspend(random.whole(3_100, 6_000));
    await process.sleep(this.#busyUntil - time.now);
    this.#refuse(name);
    const fault = faults.oneOf(...(isAnswered ? failing.filter((kind) => kind !== 'journal.fails-after') : failing));
    if (fault === 'process.killed-before-step') return process.kill();
    if (fault === 'journal.fails-before') throw transportErrors.WB_SIM_FAULT(`The step ${name} was not recorded.`);
    // It may have been killed, or suspended again, in this very moment.
    for (let blocked = process.gate(); blocked; blocked = process.gate()) await blocked;
    const at = oracle.bench.next();
    const result = await call();
    saw?.(result, at);
    tell(`${process.name} ${name}`);
    if (fault === 'process.killed-after-step') return process.kill();
    await process.pass();
    if (fault === 'journal.fails-after') throw transportErrors.WB_SIM_FAULT(`Nobody knows whether the step ${name} was recorded.`);
    if (random.chance(0.3)) await process.sleep(random.whole(0, 2));
    return result;
  }

  #refuse(name: string): void {
    const { time, random, faults } = this.#world;
    if (faults.happens('journal.full')) this.#world.fullUntil = time.now + random.whole(200, 5_000);
    if (faults.happens('journal.closed')) this.#closedUntil = time.now + random.whole(200, 3_000);
    if (faults.isOver) return;
    if (time.now < this.#world.fullUntil && !name.startsWith('look')) throw transportErrors.WB_SIM_FAULT('The journal is full.');
    if (time.now < this.#closedUntil) throw new Error('The journal is closed.');
  }
}

/** The journal as a process has it. The oracle hears of each step that is applied. */
export function faultyJournal(world: World, process: SimProcess, own: Journal): Journal {
  const steps = new Steps(world, process);
  const { inbound, outbound, reports } = world.oracle;
  const look = <Result>(name: string, call: () => Promise<Result>): Promise<Result> => steps.do(`look ${name}`, call);
  return {
    followsCrash: own.followsCrash,
    inbox: {
      find: (key, orderKey) => look(`find ${key.id}`, () => own.inbox.find(key, orderKey)),
      begin: (key, facts) => steps.do(`begin ${key.id}`, () => own.inbox.begin(key, facts)),
      store: (message, lease) =>
        steps.do(`store ${message.id}`, () => own.inbox.store(message, lease), {
          saw: (before) => {
            if (before?.state === 'unknown' || before?.state === 'waiting') inbound.stored(message.id, message);
          },
        }),
      claim: (request) =>
        steps.do(`claim ${request.entry}`, () => own.inbox.claim(request), {
          isAnswered: true,
          saw: ({ jobs }, at) => {
            for (const { id, token } of jobs) inbound.claimed(process, id, { token, at });
          },
        }),
      settle: (step) =>
        steps.do(`${step.ending.outcome} ${step.id}`, () => own.inbox.settle(step), { saw: (result) => sawSettle(step, result) }),
    },
    outbox: {
      publish: (legs, publication) =>
        steps.do(publication?.raises ? `raise ${publication.raises.report}` : 'publish', () => own.outbox.publish(legs, publication), {
          saw: (isNow) => {
            if (publication?.raises && !isNow) return;
            outbound.recorded(legs);
            if (publication?.raises) reports.raised(publication.raises);
          },
        }),
      begin: (leg, receipts) =>
        steps.do(`begin to send to ${leg.entry}`, () => own.outbox.begin(leg, receipts), {
          isAnswered: true,
          saw: (token, at) => {
            if (!token) return;
            outbound.begun(process, leg, { token, at });
            reports.received({ entry: leg.entry, id: leg.message.id }, receipts);
          },
        }),
      claim: (request) =>
        steps.do(`claim ${request.entry}`, () => own.outbox.claim(request), {
          isAnswered: true,
          saw: ({ jobs }, at) => {
            for (const job of jobs) outbound.claimed(process, job, at);
          },
        }),
      settle: (step) =>
        steps.do(`${step.ending.outcome} to ${step.entry}`, () => own.outbox.settle(step), {
          saw: (result) => {
            outbound.settledStep(process, step, result);
            if (result.outcome === 'recorded' && 'receipts' in step.ending) reports.received(step, step.ending.receipts);
          },
        }),
      note: (note) => steps.do(`note of ${note.entry}`, () => own.outbox.note(note)),
      report: (report) => steps.do(`report ${report.id}`, () => own.outbox.report(report), { saw: (leg) => reports.recorded(report, leg) }),
      unraised: (limit) => look('unraised', () => own.outbox.unraised(limit)),
      answered: (key, reply) =>
        steps.do(`answered at ${key.entry}`, () => own.outbox.answered(key, reply), { saw: () => outbound.answered(key, reply) }),
    },
    desk: deskOf(own, look),
    replays: own.replays,
    control: controlOf(own, look),
    lease: async (entry) => {
      const lease = await steps.do(`lease ${entry}`, () => own.lease(entry), {
        saw: (taken) => taken && inbound.leased(entry, taken.token),
      });
      if (!lease) return undefined;
      const release = () => look('release', () => lease.release());
      return { token: lease.token, lost: process.heard(lease.lost) ?? lease.lost, release };
    },
    watch: (wake) => own.watch(() => void process.pass().then(wake)),
    close: async () => {
      await process.pass();
      await own.close();
    },
  };

  function sawSettle(step: InboxStep, result: Awaited<ReturnType<Journal['inbox']['settle']>>): void {
    const { ending } = step;
    if (result.outcome === 'recorded' && 'legs' in ending && ending.legs) outbound.recorded(ending.legs);
    inbound.settledStep(process, step, result);
  }
}

type Look = <Result>(name: string, call: () => Promise<Result>) => Promise<Result>;

/** A kernel looks at numbers and forgets; what people do at the desk, the operator does without faults. */
function deskOf({ desk }: Journal, look: Look): Desk {
  return {
    list: (query) => desk.list(query),
    show: (key) => desk.show(key),
    reveal: (key, by) => desk.reveal(key, by),
    replay: (keys, by) => desk.replay(keys, by),
    edit: (key, body, by) => desk.edit(key, body, by),
    move: (keys, entry, by) => desk.move(keys, entry, by),
    drop: (keys, by) => desk.drop(keys, by),
    counts: () => look('counts', () => desk.counts()),
    blocked: (options) => desk.blocked(options),
    forget: (keep) => look('forget', () => desk.forget(keep)),
  };
}

function controlOf({ control }: Journal, look: Look): Control {
  return {
    pause: (entry, by) => control.pause(entry, by),
    resume: (entry, by) => control.resume(entry, by),
    paused: () => look('paused', () => control.paused()),
    records: (query) => control.records(query),
    present: (status) => look('present', () => control.present(status)),
    processes: () => control.processes(),
    started: (name, manifest) => look('started', () => control.started(name, manifest)),
    lastStarted: (name) => control.lastStarted(name),
    count: (tallies) => look('count', () => control.count(tallies)),
    tallies: (query) => control.tallies(query),
  };
}
