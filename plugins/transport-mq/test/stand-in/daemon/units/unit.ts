import type { Connection } from '../connection.ts';
import { MQC, Refusal } from '../mqi.ts';
import { isEmpty, type QueueManager } from '../queue-manager.ts';
import type { Message } from '../queues/message.ts';
import { isPersistent } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';
import { recordOf, type UnitEnd } from './records.ts';
import { type Reason, reportOn } from './reports.ts';

/** Takes a message off its queue, for good or until the unit of work of the connection ends. */
export function take(qm: QueueManager, connection: Connection, queue: Queue, message: Message, inUnit: boolean): void {
  if (inUnit) roomIn(qm, connection);
  queue.remove(message);
  if (inUnit) unitOf(connection).got.push(message);
  else settle(qm, connection, { got: [message], put: [] }, 'outside');
}

/** Puts a message on its queue, now or when the unit of work of the connection is committed. */
export function bring(qm: QueueManager, connection: Connection, queue: Queue, message: Message, inUnit: boolean): void {
  if (!inUnit) {
    settle(qm, connection, { got: [], put: [message] }, 'outside');
    return;
  }
  roomIn(qm, connection);
  queue.uncommitted += 1;
  unitOf(connection).put.push(message);
}

export function commit(qm: QueueManager, connection: Connection, end: UnitEnd): void {
  const unit = connection.unit;
  connection.unit = undefined;
  if (unit === undefined || isEmpty(unit)) return;
  for (const { queue } of unit.put) counted(qm, queue, -1);
  settle(qm, connection, unit, end);
}

/** Gives back what was got, each message into its old place and with one backout more, and drops what was put. */
export function backOut(qm: QueueManager, connection: Connection, end: UnitEnd): void {
  const unit = connection.unit;
  connection.unit = undefined;
  if (unit === undefined || isEmpty(unit)) return;
  qm.records.push(recordOf(connection, unit, end));
  for (const { queue } of unit.put) counted(qm, queue, -1);
  for (const message of unit.got) message.descriptor.BackoutCount += 1;
  const kept = unit.got.filter(isPersistent).map(({ order }) => order);
  if (kept.length > 0) qm.log.append({ kind: 'backout', got: kept });
  arrive(qm, unit.got);
}

/** Removes what has expired, with the reports that its senders have asked for. */
export function expire(qm: QueueManager, queue: Queue): void {
  const expired = queue.takeExpired(Date.now());
  if (expired.length > 0) write(qm, expired, reportsOn(qm, expired, 'expiration'));
}

/** Makes gets and puts final in one step: a crash leaves it done or undone. Reports are part of the step. */
function settle(qm: QueueManager, connection: Connection, { got, put }: { got: Message[]; put: Message[] }, end: UnitEnd): void {
  qm.records.push(recordOf(connection, { got, put }, end));
  write(qm, got, [...put, ...reportsOn(qm, put, 'arrival'), ...reportsOn(qm, got, 'delivery')]);
}

/** Puts and removes messages for nobody: what a test does from outside is no unit of work. */
export function settleAlone(qm: QueueManager, gone: readonly Message[], coming: readonly Message[]): void {
  write(qm, gone, coming);
}

function write(qm: QueueManager, gone: readonly Message[], coming: readonly Message[]): void {
  const put = coming.filter((message) => isPersistent(message) && !isTemporary(qm, message));
  const got = gone.filter(isPersistent).map(({ order }) => order);
  if (put.length + got.length > 0) qm.log.append({ kind: 'unit', put, got });
  arrive(qm, coming);
}

function arrive(qm: QueueManager, messages: readonly Message[]): void {
  const queues = new Set<Queue>();
  for (const message of messages) {
    const queue = qm.queues.get(message.queue);
    if (queue === undefined) continue;
    queue.add(message);
    queues.add(queue);
  }
  // Not before all are there: whoever waits may ask for any of them.
  for (const queue of queues) queue.wake();
}

function reportsOn(qm: QueueManager, messages: readonly Message[], why: Reason): readonly Message[] {
  return messages.flatMap((message) => reportOn(qm, message, why) ?? []);
}

function isTemporary(qm: QueueManager, { queue }: Message): boolean {
  return qm.queues.get(queue)?.isTemporary === true;
}

function counted(qm: QueueManager, name: string, change: number): void {
  const queue = qm.queues.get(name);
  if (queue) queue.uncommitted += change;
}

function unitOf(connection: Connection): { got: Message[]; put: Message[] } {
  connection.unit ??= { got: [], put: [] };
  return connection.unit;
}

function roomIn(qm: QueueManager, { unit }: Connection): void {
  const size = unit ? unit.got.length + unit.put.length : 0;
  if (size >= qm.options.maxUncommitted) throw new Refusal(MQC.MQRC_SYNCPOINT_LIMIT_REACHED);
}
