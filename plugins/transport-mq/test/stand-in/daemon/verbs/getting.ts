import { type Connection, clientOf, type OpenObject } from '../connection.ts';
import { done, failed, has, MQC, type Outcome, Refusal, warned } from '../mqi.ts';
import { type Delivered, delivered } from '../properties/carrying.ts';
import type { QueueManager } from '../queue-manager.ts';
import { type Descriptor, isPersistent, type Message } from '../queues/message.ts';
import { inputFlags, type Queue, type Waiter } from '../queues/queue.ts';
import { expire, take } from '../units/unit.ts';
import type { Parts } from '../wire/frames.ts';
import { type Layouts, Structure } from '../wire/layouts.ts';
import { objectOf } from './objects.ts';
import { orFailed } from './refusing.ts';

interface GetCall {
  readonly connection: Connection;
  readonly object: OpenObject;
  readonly queue: Queue;
  readonly descriptor: Structure;
  readonly options: Structure;
  readonly flags: number;
  readonly room: number;
}

/** Answers at once, or when a message has come, or when the wait is over. */
export function get(qm: QueueManager, connection: Connection, parts: Parts, layouts: Layouts): Outcome | Promise<Outcome> {
  const call = readCall(connection, parts, layouts);
  check(qm, call);
  const outcome = look(qm, call);
  if (outcome !== undefined) return outcome;
  if (!has(call.flags, MQC.MQGMO_WAIT)) return failed(MQC.MQRC_NO_MSG_AVAILABLE);
  return wait(qm, call);
}

function readCall(connection: Connection, parts: Parts, layouts: Layouts): GetCall {
  const object = objectOf(connection, parts.number());
  const descriptor = new Structure(layouts, 'MQMD', parts.block());
  const options = new Structure(layouts, 'MQGMO', parts.block());
  if (object.queue === undefined) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_INPUT);
  return { connection, object, queue: object.queue, descriptor, options, flags: options.number('Options'), room: parts.number() };
}

const browsing = MQC.MQGMO_BROWSE_FIRST | MQC.MQGMO_BROWSE_NEXT | MQC.MQGMO_BROWSE_MSG_UNDER_CURSOR;
/** Refused, so that nobody takes silence for success. */
const notBuilt = {
  options:
    MQC.MQGMO_CONVERT |
    MQC.MQGMO_LOCK |
    MQC.MQGMO_UNLOCK |
    MQC.MQGMO_LOGICAL_ORDER |
    MQC.MQGMO_COMPLETE_MSG |
    MQC.MQGMO_ALL_MSGS_AVAILABLE |
    MQC.MQGMO_ALL_SEGMENTS_AVAILABLE |
    MQC.MQGMO_MARK_SKIP_BACKOUT |
    MQC.MQGMO_MARK_BROWSE_HANDLE |
    MQC.MQGMO_MARK_BROWSE_CO_OP |
    MQC.MQGMO_UNMARKED_BROWSE_MSG,
  matching: MQC.MQMO_MATCH_MSG_SEQ_NUMBER | MQC.MQMO_MATCH_OFFSET | MQC.MQMO_MATCH_MSG_TOKEN,
};

function check(qm: QueueManager, { connection, object, queue, options, flags, room }: GetCall): void {
  const isBrowsing = has(flags, browsing);
  if (has(flags, MQC.MQGMO_FAIL_IF_QUIESCING) && qm.state === 'quiescing') throw new Refusal(MQC.MQRC_Q_MGR_QUIESCING);
  if (!isBrowsing && !has(object.options, inputFlags)) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_INPUT);
  if (isBrowsing && !has(object.options, MQC.MQOO_BROWSE)) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_BROWSE);
  if (has(flags, notBuilt.options) || has(options.number('MatchOptions'), notBuilt.matching))
    throw new Refusal(MQC.MQRC_FUNCTION_NOT_SUPPORTED);
  const inUnit = has(flags, MQC.MQGMO_SYNCPOINT | MQC.MQGMO_SYNCPOINT_IF_PERSISTENT);
  if (inUnit && (isBrowsing || has(flags, MQC.MQGMO_NO_SYNCPOINT))) throw new Refusal(MQC.MQRC_OPTIONS_ERROR);
  if (room > clientOf(connection).maxMsgLength) throw new Refusal(MQC.MQRC_DATA_LENGTH_ERROR);
  if (queue.attributes.getInhibited) throw new Refusal(MQC.MQRC_GET_INHIBITED);
}

/** What is there for the call; undefined when nothing is. */
function look(qm: QueueManager, call: GetCall): Outcome | undefined {
  expire(qm, call.queue);
  const message = find(call);
  return message && give(qm, call, message);
}

function find({ object, queue, descriptor, options, flags }: GetCall): Message | undefined {
  if (has(flags, MQC.MQGMO_MSG_UNDER_CURSOR | MQC.MQGMO_BROWSE_MSG_UNDER_CURSOR)) {
    if (object.cursor && queue.available.includes(object.cursor)) return object.cursor;
    throw new Refusal(MQC.MQRC_NO_MSG_UNDER_CURSOR);
  }
  const match = options.number('MatchOptions');
  const wanted = (flag: number, field: 'MsgId' | 'CorrelId' | 'GroupId') => {
    const id = descriptor.bytesOf(field);
    return has(match, flag) && id.some((byte) => byte !== 0) ? id : undefined;
  };
  const ids = {
    MsgId: wanted(MQC.MQMO_MATCH_MSG_ID, 'MsgId'),
    CorrelId: wanted(MQC.MQMO_MATCH_CORREL_ID, 'CorrelId'),
    GroupId: wanted(MQC.MQMO_MATCH_GROUP_ID, 'GroupId'),
  };
  const after = has(flags, MQC.MQGMO_BROWSE_NEXT) ? object.cursor : undefined;
  return queue.available.find((message) => {
    const isNext = after === undefined || queue.comesBefore(after, message);
    return (
      isNext && Object.entries(ids).every(([field, id]) => id === undefined || id.equals(message.descriptor[field as keyof typeof ids]))
    );
  });
}

/** Hands a message over, and takes it off the queue unless it was browsed or does not fit. */
function give(qm: QueueManager, call: GetCall, message: Message): Outcome {
  const { connection, object, queue, flags, room } = call;
  const content = delivered(connection, queue, message, flags, call.options.handle('MsgHandle'));
  const isTooLarge = content.body.length > room;
  const stays = isTooLarge && !has(flags, MQC.MQGMO_ACCEPT_TRUNCATED_MSG);
  const isBrowsing = has(flags, browsing);
  if (isBrowsing && !stays) object.cursor = message;
  if (!isBrowsing && !stays) take(qm, connection, queue, message, isUnderSyncpoint(flags, message));
  const parts = handedOver(call, message, content);
  if (!isTooLarge) return done(...parts);
  return warned(stays ? MQC.MQRC_TRUNCATED_MSG_FAILED : MQC.MQRC_TRUNCATED_MSG_ACCEPTED, ...parts);
}

function isUnderSyncpoint(flags: number, message: Message): boolean {
  return has(flags, MQC.MQGMO_SYNCPOINT) || (has(flags, MQC.MQGMO_SYNCPOINT_IF_PERSISTENT) && isPersistent(message));
}

function handedOver({ descriptor, options, queue, room }: GetCall, message: Message, content: Delivered) {
  descriptor.setAll({ ...message.descriptor, ...content.descriptor, Expiry: expiryLeft(message) } satisfies Descriptor);
  options.set('ResolvedQName', queue.name);
  options.set('ReturnedLength', Math.min(content.body.length, room));
  return [descriptor.bytes, options.bytes, content.body.length, content.body.subarray(0, room)];
}

/** In tenths of a second, as the sender gave it. */
function expiryLeft({ descriptor, expiresAt }: Message): number {
  return expiresAt === undefined ? descriptor.Expiry : Math.max(1, Math.ceil((expiresAt - Date.now()) / 100));
}

function wait(qm: QueueManager, call: GetCall): Promise<Outcome> {
  const { connection, queue } = call;
  return new Promise((resolve) => {
    const interval = call.options.number('WaitInterval');
    const timer = interval === MQC.MQWI_UNLIMITED ? undefined : setTimeout(() => waiter.end(failed(MQC.MQRC_NO_MSG_AVAILABLE)), interval);
    const waiter: Waiter = {
      look: () => orFailed(() => look(qm, call)),
      end: (outcome) => {
        clearTimeout(timer);
        queue.waiters.delete(waiter);
        connection.waiting = undefined;
        resolve(outcome);
      },
    };
    queue.waiters.add(waiter);
    connection.waiting = { queue, waiter };
  });
}
