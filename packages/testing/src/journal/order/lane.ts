import type { JournalDirection } from '@waybill/contract';
import type { Bench } from '../bench.ts';
import { again, anna, done, idsOf, inKey, legIdsOf, legOf, outbound, outKey, parked, released, sent } from '../fixtures.ts';

/** What the questions about order do, in one direction. */
export interface Lane {
  readonly put: (bench: Bench, id: string, orderKey?: string) => Promise<unknown>;
  /** Claims, and tells the ids. */
  readonly claim: (bench: Bench, request?: { readonly limit?: number; readonly run?: number }) => Promise<readonly string[]>;
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
  const end = new Map<string, (ending: Parameters<Bench['end']>[1]) => Promise<unknown>>();
  const settle = (id: string, ending: Parameters<Bench['end']>[1]): Promise<unknown> =>
    end.get(id)?.(ending) ?? Promise.reject(new Error(`${id} is not claimed`));
  return {
    put: (bench, id, orderKey) => bench.store(id, { orderKey }),
    async claim(bench, request) {
      const { jobs } = await bench.claim(request);
      for (const job of jobs) end.set(job.id, (ending) => bench.end(job, ending));
      return idsOf(jobs);
    },
    finish: (id) => settle(id, done),
    postpone: (id, dueIn) => settle(id, again(1, dueIn)),
    park: (id, blocks) => settle(id, parked(id, { blocks })),
    release: (id) => settle(id, released),
    ...deskOf('in'),
  };
}

export function outboundLane(): Lane {
  const end = new Map<string, (ending: Parameters<Bench['endLeg']>[1]) => Promise<unknown>>();
  const settle = (id: string, ending: Parameters<Bench['endLeg']>[1]): Promise<unknown> =>
    end.get(id)?.(ending) ?? Promise.reject(new Error(`${id} is not claimed`));
  return {
    put: (bench, id, orderKey) => bench.journal.outbox.publish([legOf(outbound, id, { orderKey })]),
    async claim(bench, request) {
      const { jobs } = await bench.claimLegs(request);
      for (const job of jobs) end.set(job.leg.message.id, (ending) => bench.endLeg(job, ending));
      return legIdsOf(jobs);
    },
    finish: (id) => settle(id, sent),
    postpone: (id, dueIn) => settle(id, again(1, dueIn)),
    park: (id, blocks) => settle(id, parked(id, { blocks })),
    release: (id) => settle(id, released),
    ...deskOf('out'),
  };
}

function deskOf(direction: JournalDirection): Pick<Lane, 'replay' | 'drop' | 'move'> {
  const keyOf = direction === 'in' ? inKey : outKey;
  return {
    replay: ({ journal }, id) => journal.desk.replay([keyOf(id)], anna),
    drop: ({ journal }, id) => journal.desk.drop([keyOf(id)], anna),
    move: ({ journal }, id) => journal.desk.move([keyOf(id)], 'elsewhere', anna),
  };
}
