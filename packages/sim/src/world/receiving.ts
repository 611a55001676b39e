import type { AnyTransport, Deliver, Delivery, Listener, ReceiveContext, Settlement } from '@waybill/contract';
import type { HandOut } from '../oracle/inbound-row.ts';
import { sendReply } from './sending.ts';
import type { SimProcess } from './sim-process.ts';
import type { World } from './world.ts';

/** The receiving side of a transport as a process has it. */
export function faultyReceive(world: World, process: SimProcess, own: AnyTransport): NonNullable<AnyTransport['receive']> {
  const side = own.receive as NonNullable<AnyTransport['receive']>;
  return {
    ...side,
    async open(connection, endpoint, context: ReceiveContext) {
      await process.pass();
      const report: ReceiveContext['report'] = async (news) => {
        await process.pass();
        await context.report(news);
        await process.pass();
      };
      const undeliverable: ReceiveContext['undeliverable'] = async (...reply) => {
        await process.pass();
        await context.undeliverable(...reply);
        await process.pass();
      };
      const listener = await side.open(connection, endpoint, { ...context, report, undeliverable });
      return faultyListener(world, process, { own, listener, entry: context.name, queue: (endpoint as { readonly queue: string }).queue });
    },
  };
}

interface Opened {
  readonly own: AnyTransport;
  readonly listener: Listener;
  readonly entry: string;
  readonly queue: string;
}

function faultyListener(world: World, process: SimProcess, opened: Opened): Listener {
  const { listener, entry } = opened;
  const run: Listener['run'] = async (deliver, stop) => {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    if (stop.aborted) end();
    else stop.addEventListener('abort', end, { once: true });
    const handOver: Deliver = async (delivery) => {
      if (world.faults.happens('transport.listener-ends')) end();
      return new Handing(world, process, opened, delivery).to(deliver);
    };
    try {
      await listener.run(handOver, ended.signal);
    } finally {
      await process.pass();
    }
  };
  return listener.reply ? { run, reply: sendReply(world, process, entry, listener.reply.bind(listener)) } : { run };
}

/** One delivery on its way to the kernel and back. */
class Handing {
  readonly #world: World;
  readonly #process: SimProcess;
  readonly #opened: Opened;
  readonly #delivery: Delivery;

  constructor(world: World, process: SimProcess, opened: Opened, delivery: Delivery) {
    this.#world = world;
    this.#process = process;
    this.#opened = opened;
    this.#delivery = delivery;
  }

  /** The kernel is called at once where nothing is in the way: the order of its calls is that of the hand-outs. */
  to(deliver: Deliver): Promise<Settlement> {
    const blocked = this.#process.gate();
    const at = this.#world.oracle.bench.next();
    return blocked ? blocked.then(() => this.#give(deliver, at)) : this.#give(deliver, at);
  }

  async #give(deliver: Deliver, at: number): Promise<Settlement> {
    const { faults, oracle, tell, plant } = this.#world;
    const process = this.#process;
    const { message, lost } = this.#delivery;
    const id = message.id ?? '';
    const handOut = oracle.inbound.handedOut(process, id, at);
    tell(`${process.name} gets ${id}`);
    const takenBack = (): void => {
      if (handOut) oracle.inbound.takenBack(handOut, id);
    };
    if (lost?.aborted) takenBack();
    else lost?.addEventListener('abort', takenBack, { once: true });
    const delivery = { ...this.#delivery, lost: process.heard(lost) };
    const twin = faults.happens('transport.duplicate-at-once') ? deliver({ ...delivery }) : undefined;
    const settlement = await deliver(delivery);
    await twin;
    await process.pass();
    tell(`${process.name} settles ${id}: ${settlement.outcome}`);
    if (faults.happens('process.killed-at-settlement')) return process.kill();
    return this.#settled(id, handOut, plant.settlement?.(settlement, this.#world.tools) ?? settlement, settlement);
  }

  async #settled(id: string, handOut: HandOut | undefined, told: Settlement, meant: Settlement): Promise<Settlement> {
    const { faults, random, oracle, far, time } = this.#world;
    if (!this.#delivery.lost?.aborted) oracle.inbound.settled(this.#process, id, handOut, meant);
    else oracle.inbound.settled(this.#process, id, handOut, { outcome: 'released' });
    if (faults.happens('transport.settled-late')) await this.#late(random.whole(100, 15_000));
    if (faults.happens('transport.settlement-fails')) {
      const { own, queue } = this.#opened;
      const memory = far[own.name as keyof typeof far];
      memory.failSettlements(queue, true);
      time.after(1, () => memory.failSettlements(queue, false));
    }
    return told;
  }

  /** Until it is applied, the settlement of a message is nothing that can be relied on. */
  async #late(ms: number): Promise<void> {
    const late = this.#world.oracle.inbound.late;
    const one = { actor: this.#process };
    late.add(one);
    await this.#process.sleep(ms);
    late.delete(one);
  }
}
