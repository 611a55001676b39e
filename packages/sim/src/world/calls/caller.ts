import type { CallPlan } from '../../chance/scenario.ts';
import type { Herd } from '../herd.ts';
import type { SimProcess } from '../sim-process.ts';
import type { World } from '../world.ts';
import { askNow, type Ending, tellNow } from './watched.ts';

/** How often something is sent at once under an id of its own, until it is sent. */
const mostTries = 3;

/** What the application sends at once and asks outside of handlers, through whatever process there is. */
export class Caller {
  readonly #world: World;
  readonly #herd: Herd;
  /** Calls that are not over. */
  #busy = 0;

  constructor(world: World, herd: Herd) {
    this.#world = world;
    this.#herd = herd;
  }

  get isThrough(): boolean {
    return this.#busy === 0;
  }

  start(): void {
    for (const plan of this.#world.scenario.calls) {
      this.#busy++;
      void this.#call(plan).then(() => this.#busy--);
    }
  }

  async #call(plan: CallPlan): Promise<void> {
    const { time, random } = this.#world;
    await time.sleep(plan.at);
    for (let tries = 1; tries <= mostTries; tries++) {
      const ending = await this.#once(plan, await this.#somebody());
      // Without an id, nobody could tell that it is the same one.
      if (ending === 'well' || !plan.hasId) return;
      await time.sleep(random.whole(0, 3_000));
    }
  }

  /** The caller dies with its process. */
  #once({ id, does, key, patience, hasId }: CallPlan, process: SimProcess): Promise<Ending | undefined> {
    const { kernel } = process;
    if (!kernel) return Promise.resolve(undefined);
    const data = { cause: id, n: 0, key };
    const calling =
      does === 'send'
        ? tellNow(this.#world, process, kernel, data, hasId ? id : undefined)
        : askNow(this.#world, process, kernel.request.bind(kernel), data, patience);
    return Promise.race([calling, process.died.then(() => undefined)]);
  }

  async #somebody(): Promise<SimProcess> {
    const { time, random } = this.#world;
    for (;;) {
      const able = this.#herd.live.filter(
        ({ state, kernel, isStopping }) => state === 'running' && kernel?.state === 'running' && !isStopping,
      );
      if (able.length > 0) return random.pick(able);
      await time.sleep(500);
    }
  }
}
