import { Random } from './random.ts';

export type TransportName = 'counting' | 'leased' | 'keeping' | 'waiting';
export type OrderName = 'parallel' | 'serial' | 'key';

export interface InboundPlan {
  readonly name: string;
  readonly transport: TransportName;
  readonly order: OrderName;
  readonly accept: 'processed' | 'stored';
  readonly parked: 'blocks' | 'releases';
  readonly concurrency: number;
  readonly attempts: number;
  readonly archive: boolean;
}

export interface OutboundPlan {
  readonly name: string;
  readonly order: OrderName;
  readonly parked: 'blocks' | 'releases';
  readonly unknown: 'retry' | 'park';
  readonly concurrency: number;
  readonly attempts: number;
  /** It has two recipients, which are told apart. */
  readonly isSplit: boolean;
}

export interface MessagePlan {
  readonly id: string;
  readonly entry: string;
  readonly key: string;
  /** When its sender hands it over, in milliseconds from the beginning. */
  readonly at: number;
  /** How many events its handler publishes. */
  readonly events: number;
  /** It wants an answer. */
  readonly asks: boolean;
  /** No attempt at it ever succeeds. */
  readonly isPoison: boolean;
  /** No attempt at it succeeds until faults cease. */
  readonly isStubborn: boolean;
  /** Its handler asks the far side before it ends. */
  readonly inquires: boolean;
}

/** What the application sends at once, or asks, outside of handlers. */
export interface CallPlan {
  readonly id: string;
  readonly does: 'send' | 'ask';
  readonly key: string;
  /** In milliseconds from the beginning. */
  readonly at: number;
  /** How long it waits for a reply, in milliseconds. */
  readonly patience: number;
  /** It is sent under an id of its own, and again when that failed. */
  readonly hasId: boolean;
}

/** What one seed makes of the world, before anything goes wrong. */
export interface Scenario {
  readonly processes: number;
  readonly inbound: readonly InboundPlan[];
  readonly outbound: readonly OutboundPlan[];
  readonly messages: readonly MessagePlan[];
  readonly calls: readonly CallPlan[];
  /** Where that goes which is sent at once. */
  readonly toldTo: readonly OutboundPlan[];
  /** Who is asked. */
  readonly asked: OutboundPlan;
  /** When faults cease, in milliseconds from the beginning. */
  readonly faultsUntil: number;
}

export function scenarioOf(random: Random): Scenario {
  const inbound = Array.from({ length: random.whole(1, 3) }, (_, place) => inboundPlan(random, `in-${place + 1}`));
  const outbound = Array.from({ length: random.whole(1, 2) }, (_, place) => outboundPlan(random, `out-${place + 1}`));
  const faultsUntil = random.whole(5_000, 25_000);
  const messages = inbound.flatMap((entry) => messagesFor(random, entry, faultsUntil));
  const calls = callsUntil(random, faultsUntil);
  const toldTo = random.chance(0.5) ? outbound : outbound.slice(0, 1);
  return { processes: random.pick([1, 1, 2, 2, 3]), inbound, outbound, messages, calls, toldTo, asked: random.pick(outbound), faultsUntil };
}

function inboundPlan(random: Random, name: string): InboundPlan {
  return {
    name,
    transport: random.pick(['counting', 'leased', 'keeping', 'waiting']),
    order: random.pick(['parallel', 'serial', 'key', 'key']),
    accept: random.pick(['processed', 'stored']),
    parked: random.pick(['blocks', 'blocks', 'releases']),
    concurrency: random.whole(1, 4),
    attempts: random.whole(2, 4),
    archive: random.chance(0.3),
  };
}

function outboundPlan(random: Random, name: string): OutboundPlan {
  return {
    name,
    order: random.pick(['parallel', 'serial', 'key']),
    parked: random.pick(['blocks', 'releases']),
    unknown: random.pick(['retry', 'park']),
    concurrency: random.whole(1, 3),
    attempts: random.whole(2, 5),
    isSplit: random.chance(0.25),
  };
}

function messagesFor(random: Random, { name, transport, accept }: InboundPlan, until: number): readonly MessagePlan[] {
  const keys = random.whole(1, 4);
  const mayAsk = accept === 'processed' || transport !== 'waiting';
  // In a rush, or spread over the time of the faults.
  const span = random.pick([200, 2_000, until]);
  let at = 0;
  return Array.from({ length: random.whole(3, 14) }, (_, place) => {
    at += random.whole(0, Math.floor(span / 8));
    return {
      id: `${name}-m${place + 1}`,
      entry: name,
      key: `k${random.whole(1, keys)}`,
      at,
      events: random.pick([0, 1, 1, 2]),
      asks: mayAsk && random.chance(0.3),
      isPoison: random.chance(0.05),
      isStubborn: random.chance(0.05),
      inquires: random.chance(0.1),
    };
  });
}

function callsUntil(random: Random, until: number): readonly CallPlan[] {
  return Array.from({ length: random.whole(0, 8) }, (_, place) => {
    const does = random.pick(['send', 'ask'] as const);
    return {
      id: `c${place + 1}`,
      does,
      key: `k${random.whole(1, 4)}`,
      at: random.whole(0, until),
      patience: random.whole(200, 3_000),
      hasId: does === 'send' && random.chance(0.5),
    };
  });
}
