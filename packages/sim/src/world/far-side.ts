import type { Message, Settlement } from '@waybill/contract';
import type { InboundPlan, MessagePlan, OutboundPlan } from '../chance/scenario.ts';
import type { InboundRow } from '../oracle/inbound-row.ts';
import { aboutOf, receiptOf, referenceTo } from '../oracle/leg-row.ts';
import { Replies } from './calls/replies.ts';
import { queueOf, recipientsOf, repliesTo, type World } from './world.ts';

/** How long a sender waits for an answer before it comes again, in milliseconds. */
const patience = 8_000;

/** Those who send to the system and get from it. */
export class FarSide {
  readonly #world: World;
  /** Senders that are not through yet. */
  #busy = 0;
  #reports = 0;
  readonly #replies: Replies;

  constructor(world: World) {
    this.#world = world;
    this.#replies = new Replies(world);
  }

  get isThrough(): boolean {
    return this.#busy === 0 && this.#replies.isThrough;
  }

  start(): void {
    const { scenario, far } = this.#world;
    for (const place of scenario.outbound)
      for (const recipient of recipientsOf(place)) far.outside.divert(recipient, (message) => this.#took(place, recipient, message));
    for (const entry of scenario.inbound) {
      const replies = repliesTo(entry.name);
      if (entry.transport !== 'waiting')
        far[entry.transport].divert(replies, ({ id, body }) => this.#got(`replies:${entry.name}`, replies, id, body));
      const own = scenario.messages.filter((message) => message.entry === entry.name);
      if (entry.transport !== 'waiting') this.#put(entry, own);
      else for (const line of linesOf(entry, own)) void this.#ask(entry, line);
    }
  }

  /** Puts each message on its queue when it is time, some of them twice. */
  #put(entry: InboundPlan, messages: readonly MessagePlan[]): void {
    const { time, faults, random, oracle, far, tell } = this.#world;
    for (const plan of messages) {
      this.#busy++;
      const put = (): void => {
        tell(`${plan.id} is put on its queue`);
        far[entry.transport].put(queueOf(entry.name), messageOf(plan));
      };
      time.after(plan.at, () => {
        const isLate = entry.order === 'parallel' && faults.happens('transport.reordered');
        oracle.inbound.sent(plan);
        if (!isLate) put();
        if (faults.happens('transport.duplicate')) time.after(random.pick([0, 10, 3_000]), put);
        time.after(isLate ? random.whole(1, 2_000) : 0, () => {
          if (isLate) put();
          this.#busy--;
        });
      });
    }
  }

  /** Senders who wait: each message is sent until it is answered, and the next one of its line only then. */
  async #ask(entry: InboundPlan, line: readonly MessagePlan[]): Promise<void> {
    const { time, oracle } = this.#world;
    this.#busy++;
    for (const plan of line) {
      const wait = time.began + plan.at - time.now;
      if (wait > 0) await time.sleep(wait);
      await this.#untilAnswered(entry, plan, oracle.inbound.sent(plan));
    }
    this.#busy--;
  }

  async #untilAnswered(entry: InboundPlan, plan: MessagePlan, row: InboundRow): Promise<void> {
    const { time, random, faults, far, tell } = this.#world;
    const memory = far[entry.transport];
    for (;;) {
      tell(`the sender of ${plan.id} asks`);
      const asked = [memory.exchange(queueOf(entry.name), messageOf(plan))];
      if (faults.happens('transport.duplicate')) asked.push(memory.exchange(queueOf(entry.name), messageOf(plan)));
      const settlement = await Promise.race([...asked, time.sleep(patience)]);
      tell(`the sender of ${plan.id} hears ${settlement?.outcome ?? 'nothing'}`);
      if (settlement?.outcome === 'accepted') return;
      if (settlement?.outcome === 'rejected') {
        row.isRefused = true;
        return;
      }
      await time.sleep(waitAfter(settlement) + random.whole(50, 500));
    }
  }

  /** What is asked of several recipients is answered by the first of them. */
  #took(place: OutboundPlan, recipient: string, message: Message): void {
    this.#got(place.name, recipient, message.id, message.body);
    if (message.replyTo !== undefined && recipient === recipientsOf(place)[0]) this.#replies.asked(place.name, message);
  }

  #got(entry: string, recipient: string, id: string, body: Uint8Array): void {
    const { oracle, faults, random, tell } = this.#world;
    const about = aboutOf(entry, body);
    tell(`${recipient} gets ${about}`);
    oracle.outbound.arrived(entry, recipient, id, body);
    if (faults.happens('report.unknown-id')) this.#report('a message that nobody knows', 1);
    // Replies go through listeners, which have no ids of their own for them.
    const named = entry.startsWith('replies:') ? receiptOf(about) : random.pick([receiptOf, referenceTo])(about);
    if (faults.happens('report.repeated')) this.#report(named, 2);
    else if (faults.happens('report.single')) this.#report(named, 1);
  }

  /** News about something that was sent come in through whatever entry: at once, before its sender has heard of it, or much later. */
  #report(about: string, times: number): void {
    const { scenario, random, far, time } = this.#world;
    const entry = scenario.inbound.find(({ transport }) => transport !== 'waiting');
    if (!entry) return;
    const id = `report-${++this.#reports}`;
    const report = { about, id, kind: 'delivered', detail: id } as const;
    for (let one = 0; one < times; one++)
      time.after(random.pick([0, random.whole(0, 500), random.whole(500, 10_000)]), () =>
        far[entry.transport].report(queueOf(entry.name), report),
      );
  }
}

function waitAfter(settlement: Settlement | void): number {
  return settlement?.outcome === 'retry' ? settlement.after : 0;
}

/** Whose sender waits for whom. */
function linesOf({ order }: InboundPlan, messages: readonly MessagePlan[]): readonly (readonly MessagePlan[])[] {
  if (order === 'serial') return [messages];
  if (order === 'parallel') return messages.map((message) => [message]);
  return [...Map.groupBy(messages, ({ key }) => key).values()];
}

function messageOf({ id, key, entry, asks }: MessagePlan) {
  return { id, body: JSON.stringify({ kind: asks ? 'Ask' : 'Work', id, key }), ...(asks ? { replyTo: repliesTo(entry) } : {}) };
}
