import type { Message } from '@waybill/contract';
import { aboutOf } from '../../oracle/leg-row.ts';
import type { World } from '../world.ts';

/** How the far side answers what it is asked: in time, late, twice, wrongly or never; whoever asked may be gone by then. */
export class Replies {
  readonly #world: World;
  /** Replies that are on their way. */
  #underWay = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get isThrough(): boolean {
    return this.#underWay === 0;
  }

  asked(entry: string, question: Message): void {
    const { faults, random } = this.#world;
    const about = aboutOf(entry, question.body);
    if (faults.happens('reply.never')) return;
    const kind = faults.happens('reply.wrong') ? 'Answer' : 'Reply';
    const reply = (n: number) => ({
      id: `reply ${n} to ${about}`,
      correlationId: question.id,
      createdAt: this.#world.time.now,
      properties: {},
      body: Buffer.from(JSON.stringify({ kind, to: about })),
    });
    const wait = faults.happens('reply.late') ? random.whole(2_000, 8_000) : random.whole(0, 300);
    this.#after(wait, entry, question, reply(1));
    if (faults.happens('reply.twice')) this.#after(wait + random.pick([0, 10, 3_000]), entry, question, reply(2));
  }

  #after(ms: number, entry: string, question: Message, reply: Message): void {
    this.#underWay++;
    this.#world.time.after(ms, () => {
      this.#underWay--;
      this.#come(entry, question, reply);
    });
  }

  /** Where whoever asked is gone, the reply comes to another one at the same place. */
  #come(entry: string, { id, replyTo = '' }: Message, reply: Message): void {
    const { far, senders, askers, random, tell } = this.#world;
    const asker = askers.get(id);
    if (asker && senders.has(asker) && asker.process.state !== 'dead') {
      tell(`the ${reply.id} comes`);
      far.outside.put(replyTo, reply);
      return;
    }
    const others = [...senders].filter((one) => one.entry === entry && one.process.state === 'running' && !one.process.isStopping);
    if (others.length === 0) return this.#after(500, entry, { ...reply, id, replyTo }, reply);
    tell(`the ${reply.id} comes to somebody else`);
    random.pick(others).late(reply);
  }
}
