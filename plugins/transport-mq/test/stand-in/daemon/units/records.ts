import type { Connection, Unit } from '../connection.ts';
import type { Message } from '../queues/message.ts';

/** How a unit of work ended. `outside`: a single get or put that was under no syncpoint. */
export type UnitEnd = 'commit' | 'backout' | 'disc' | 'lost' | 'outside';

export interface UnitRecord {
  readonly connection: number;
  readonly pid: number;
  readonly applName: string;
  readonly got: readonly Touched[];
  readonly put: readonly Touched[];
  readonly end: UnitEnd;
}

export interface Touched {
  readonly queue: string;
  /** In hexadecimal. */
  readonly msgId: string;
}

export function recordOf({ id, client }: Connection, { got, put }: Unit, end: UnitEnd): UnitRecord {
  return {
    connection: id,
    pid: client?.pid ?? 0,
    applName: client?.applName ?? '',
    got: got.map(touched),
    put: put.map(touched),
    end,
  };
}

function touched({ queue, descriptor }: Message): Touched {
  return { queue, msgId: descriptor.MsgId.toString('hex') };
}
