import type { ClaimRequest, JournalDirection } from '@waybill/contract';
import type { Bench } from '../bench.ts';
import { again, anna, done, idsOf, inbound, inKey, legIdsOf, messageOf, outKey, parked, released, sent } from '../fixtures.ts';

/** What the questions about order do, in one direction. */
export interface Lane {
  /** `size`: the bytes of its body. */
  readonly put: (bench: Bench, id: string, orderKey?: string, size?: number) => Promise<unknown>;
  /** Claims, and tells the ids. */
  readonly claim: (bench: Bench, request?: Partial<ClaimRequest>) => Promise<readonly string[]>;
  /** What the last claim told of the next one. */
  readonly dueIn: () => number | undefined;
  /** Ends a claim that is held. */
  readonly finish: (id: string) => Promise<unknown>;
  readonly postpone: (id: string, dueIn: number) => Promise<unknown>;
  readonly park: (id: string, blocks: boolean) => Promise<unknown>;
  readonly release: (id: string) => Promise<unknown>;
  readonly replay: (bench: Bench, id: string) => Promise<unknown>;
  readonly drop: (bench: Bench, id: string) => Promise<unknown>;
  readonly move: (bench: Bench, id: string) => Promise<unknown>;
}

export function inboundLane(): Lane {
  let due: number | undefined;
  const end = new Map<string, (ending: Parameters<Bench['end']>[1]) => Promise<unknown>>();
  const settle = (id: string, ending: Parameters<Bench['end']>[1]): Promise<unknown> =>
    end.get(id)?.(ending) ?? Promise.reject(new Error(`${id} is not claimed`));
  return {
    put: (bench, id, orderKey, size) => bench.store(id, { orderKey }, inbound, bodyOf(size)),
    async claim(bench, request) {
      const { jobs, dueIn } = await bench.claim(request);
      due = dueIn;
      for (const job of jobs) end.set(job.id, (ending) => bench.end(job, ending));
      return idsOf(jobs);
    },
    dueIn: () => due,
    finish: (id) => settle(id, done),
    postpone: (id, dueIn) => settle(id, again(1, dueIn)),
    park: (id, blocks) => settle(id, parked(id, { blocks })),
    release: (id) => settle(id, released),
    ...deskOf('in'),
  };
}

export function outboundLane(): Lane {
  let due: number | undefined;
  const end = new Map<string, (ending: Parameters<Bench['endLeg']>[1]) => Promise<unknown>>();
  const settle = (id: string, ending: Parameters<Bench['endLeg']>[1]): Promise<unknown> =>
    end.get(id)?.(ending) ?? Promise.reject(new Error(`${id} is not claimed`));
  return {
    put: (bench, id, orderKey, size) => bench.publish([id], { orderKey, message: messageOf(id, bodyOf(size)) }),
    async claim(bench, request) {
      const { jobs, dueIn } = await bench.claimLegs(request);
      due = dueIn;
      for (const job of jobs) end.set(job.leg.message.id, (ending) => bench.endLeg(job, ending));
      return legIdsOf(jobs);
    },
    dueIn: () => due,
    finish: (id) => settle(id, sent),
    postpone: (id, dueIn) => settle(id, again(1, dueIn)),
    park: (id, blocks) => settle(id, parked(id, { blocks })),
    release: (id) => settle(id, released),
    ...deskOf('out'),
  };
}

function bodyOf(size: number | undefined): Uint8Array | undefined {
  return size === undefined ? undefined : new Uint8Array(size).fill(120);
}

function deskOf(direction: JournalDirection): Pick<Lane, 'replay' | 'drop' | 'move'> {
  const keyOf = direction === 'in' ? inKey : outKey;
  return {
    replay: ({ journal }, id) => journal.desk.replay([keyOf(id)], anna),
    drop: ({ journal }, id) => journal.desk.drop([keyOf(id)], anna),
    move: ({ journal }, id) => journal.desk.move([keyOf(id)], 'elsewhere', anna),
  };
}
