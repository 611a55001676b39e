import { kernelOf } from './boot.ts';
import { SimProcess } from './sim-process.ts';
import { queueOf, repliesTo, type World } from './world.ts';

/** How long a stop may take in all, in milliseconds of virtual time: its grace, and the closing of what was open. */
const stopLimit = 120_000;

/** The processes of a world, each followed by a new one when it has ended. */
export class Herd {
  readonly #world: World;
  #live: SimProcess[] = [];
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get live(): readonly SimProcess[] {
    return this.#live;
  }

  /** Sees to it that there are as many as there are to be. Called every now and then. */
  fill(): void {
    this.#live = this.#live.filter(({ state }) => state !== 'dead');
    while (this.#live.length < this.#world.scenario.processes) this.#begin();
  }

  /** What happens to processes by itself. Called once a second. */
  interfere(): void {
    const { faults, random, time } = this.#world;
    for (const process of this.#live) {
      if (process.state !== 'running') continue;
      if (faults.happens('process.killed')) time.after(random.whole(0, 999), () => void process.kill());
      else if (faults.happens('process.suspended')) process.suspend(random.whole(100, 2_500));
      else if (faults.happens('process.zombie')) process.suspend(random.whole(3_100, 8_000));
      else if (faults.happens('process.stopped')) void this.stop(process, random.pick([0, 50, 1_000]));
      if (faults.happens('process.clock-steps')) process.clockOffset += random.whole(-5_000, 5_000);
      if (faults.happens('transport.connection-lost')) time.after(random.whole(0, 999), () => process.state !== 'dead' && process.cutOff());
    }
    this.#interfereOutside();
  }

  /** Asks a process to stop, and sees that it does. */
  async stop(process: SimProcess, grace: number): Promise<void> {
    const { time, oracle, tell } = this.#world;
    const { kernel } = process;
    if (!kernel || process.isStopping || process.state === 'dead') return;
    process.isStopping = true;
    tell(`${process.name} is asked to stop`);
    const since = time.now;
    const late = time.after(stopLimit, () => {
      if (process.state === 'running') oracle.bench.violated('stop', `${process.name} has not stopped after ${stopLimit / 1_000} s`);
    });
    // It may be killed meanwhile: then nothing of it ever comes to an end.
    const hasStopped = await Promise.race([kernel.stop({ grace }).then(() => true), process.died.then(() => false)]);
    late();
    if (!hasStopped) return;
    tell(`${process.name} has stopped`);
    // One that does not use up its grace has brought everything to an end.
    if (time.now - since < grace) {
      await time.sleep(1);
      oracle.calls.stopped(process);
      oracle.outbound.stopped(process);
    }
    process.ended();
  }

  resumeAll(): void {
    for (const process of this.#live) process.resume();
  }

  #interfereOutside(): void {
    const { faults, random, time, scenario, far } = this.#world;
    for (const { name, transport } of scenario.inbound) {
      if (transport === 'waiting') continue;
      if (faults.happens('transport.lock-lost')) time.after(random.whole(0, 999), () => far[transport].takeBack(queueOf(name)));
      if (!faults.happens('reply.undeliverable')) continue;
      far[transport].trouble(repliesTo(name), 'not-sent');
      time.after(random.whole(200, 900), () => far[transport].trouble(repliesTo(name), undefined));
    }
  }

  #begin(): void {
    const { tell, oracle } = this.#world;
    const process = new SimProcess(`p${++this.#count}`, this.#world);
    this.#live.push(process);
    tell(`${process.name} starts`);
    process.kernel = kernelOf(this.#world, process);
    process.kernel.start().catch((error: unknown) => {
      tell(`${process.name} could not start: ${String(error)}`);
      if ((error as Error).name === 'ManifestError') oracle.bench.violated('start', String(error));
      process.ended();
    });
  }
}
