import type { Connection, OpenObject } from '../connection.ts';
import { done, has, MQC, type Outcome, Refusal } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import { type Definition, type Right, withDefaults } from '../queues/attributes.ts';
import type { Place } from '../queues/message.ts';
import { inputFlags, Queue } from '../queues/queue.ts';
import type { Parts } from '../wire/frames.ts';
import { type Layouts, Structure } from '../wire/layouts.ts';

export function open(qm: QueueManager, connection: Connection, parts: Parts, layouts: Layouts): Outcome {
  const descriptor = new Structure(layouts, 'MQOD', parts.block());
  const object = openObject(qm, connection, descriptor, parts.number());
  return done(descriptor.bytes, object.handle);
}

const uses = inputFlags | MQC.MQOO_OUTPUT | MQC.MQOO_BROWSE | MQC.MQOO_INQUIRE | MQC.MQOO_SET;

/** Opens what a descriptor names, and completes the descriptor. */
export function openObject(qm: QueueManager, connection: Connection, descriptor: Structure, options: number): OpenObject {
  const inputs = [MQC.MQOO_INPUT_SHARED, MQC.MQOO_INPUT_EXCLUSIVE, MQC.MQOO_INPUT_AS_Q_DEF].filter((flag) => has(options, flag));
  if (!has(options, uses) || inputs.length > 1) throw new Refusal(MQC.MQRC_OPTIONS_ERROR);
  if (has(options, MQC.MQOO_FAIL_IF_QUIESCING) && qm.state === 'quiescing') throw new Refusal(MQC.MQRC_Q_MGR_QUIESCING);
  if (connection.objects.size >= qm.options.maxHandles) throw new Refusal(MQC.MQRC_HANDLE_NOT_AVAILABLE);
  const made =
    descriptor.number('ObjectType') === MQC.MQOT_Q_MGR
      ? queueManagerObject(connection, options)
      : openQueue(qm, connection, descriptor, options);
  descriptor.set('ResolvedQName', made.remote?.queue ?? made.queue?.name ?? '');
  descriptor.set('ResolvedQMgrName', made.remote?.queueManager ?? qm.options.name);
  connection.objects.set(made.handle, made);
  made.queue?.openings.add(made);
  return made;
}

export function close(qm: QueueManager, connection: Connection, parts: Parts): Outcome {
  const object = objectOf(connection, parts.number());
  const options = parts.number();
  const deletes = has(options, MQC.MQCO_DELETE | MQC.MQCO_DELETE_PURGE);
  if (deletes && object.queue && object.queue.depth > 0 && !has(options, MQC.MQCO_DELETE_PURGE)) throw new Refusal(MQC.MQRC_Q_NOT_EMPTY);
  closeObject(qm, connection, object, deletes);
  return done();
}

/** Also at the end of a connection, for each of its objects. A temporary queue goes with the handle that made it. */
export function closeObject(qm: QueueManager, connection: Connection, object: OpenObject, deletes = false): void {
  connection.objects.delete(object.handle);
  object.queue?.openings.delete(object);
  const ends = object.made === 'temporary' || (object.made === 'permanent' && deletes);
  if (ends && object.queue) qm.remove(object.queue.name);
}

/** The object of a handle, whose queue may have gone. */
export function objectOf(connection: Connection, handle: number): OpenObject {
  const object = connection.objects.get(handle);
  if (object === undefined) throw new Refusal(MQC.MQRC_HOBJ_ERROR);
  if (object.queue?.isDeleted === true) throw new Refusal(MQC.MQRC_Q_DELETED);
  return object;
}

function queueManagerObject(connection: Connection, options: number): OpenObject {
  return { handle: connection.nextHandle(), name: '', isAlias: false, options };
}

function openQueue(qm: QueueManager, connection: Connection, descriptor: Structure, options: number): OpenObject {
  if (descriptor.number('ObjectType') !== MQC.MQOT_Q) throw new Refusal(MQC.MQRC_OBJECT_TYPE_ERROR);
  const asked = descriptor.text('ObjectName');
  const queueManager = descriptor.text('ObjectQMgrName');
  const way = qm.transmissionQueue(queueManager);
  if (way) return openRemote(connection, way, { queue: asked, queueManager }, options);
  const definition = qm.names.get(asked);
  checkRights(definition?.deny ?? [], options);
  const made = definition?.type === 'model' ? makeQueue(qm, definition, descriptor) : undefined;
  const queue = made?.queue ?? existing(qm, asked, definition);
  checkRights(queue.attributes.deny, options);
  const name = made ? queue.name : asked;
  return {
    handle: connection.nextHandle(),
    name,
    isAlias: definition?.type === 'alias',
    queue,
    made: made?.keeps,
    options: shared(queue, options),
  };
}

/** A queue of another queue manager can only be put to. What is put lies on the transmission queue until somebody brings it there. */
function openRemote(connection: Connection, way: Queue | 'unknown', remote: Place, options: number): OpenObject {
  if (way === 'unknown') throw new Refusal(MQC.MQRC_UNKNOWN_OBJECT_Q_MGR);
  if (has(options, uses & ~MQC.MQOO_OUTPUT)) throw new Refusal(MQC.MQRC_OPTION_NOT_VALID_FOR_TYPE);
  checkRights(way.attributes.deny, options);
  return { handle: connection.nextHandle(), name: remote.queue, isAlias: false, queue: way, remote, options };
}

function existing(qm: QueueManager, name: string, definition: Definition | undefined): Queue {
  const queue = qm.queues.get(definition?.type === 'alias' ? definition.target : name);
  if (queue) return queue;
  throw new Refusal(definition ? MQC.MQRC_UNKNOWN_ALIAS_BASE_Q : MQC.MQRC_UNKNOWN_OBJECT_NAME);
}

/** Makes the queue that a model stands for, under the name that the program wants or under one that ends as it wants. */
function makeQueue(qm: QueueManager, { keeps = 'temporary', ...given }: Definition & { type: 'model' }, descriptor: Structure) {
  const wanted = descriptor.text('DynamicQName');
  const name = wanted.endsWith('*')
    ? `${wanted.slice(0, -1).slice(0, 32)}${qm.nextOrder().toString(16).toUpperCase().padStart(16, '0')}`
    : wanted;
  if (name === '') throw new Refusal(MQC.MQRC_DYNAMIC_Q_NAME_ERROR);
  if (qm.queues.has(name)) throw new Refusal(MQC.MQRC_OBJECT_ALREADY_EXISTS);
  if (keeps === 'temporary') qm.addTemporary(new Queue(name, withDefaults(given), true));
  else qm.define(name, { ...given, type: 'local' });
  const queue = qm.queues.get(name);
  if (queue === undefined) throw new Error(`The queue ${name} was not made.`);
  descriptor.set('ObjectName', name);
  return { queue, keeps };
}

function checkRights(denied: readonly Right[], options: number): void {
  const needed: Readonly<Record<Right, number>> = {
    input: inputFlags,
    output: MQC.MQOO_OUTPUT,
    browse: MQC.MQOO_BROWSE,
    inquire: MQC.MQOO_INQUIRE,
    context: MQC.MQOO_SET_ALL_CONTEXT | MQC.MQOO_SET_IDENTITY_CONTEXT,
  };
  if (denied.some((right) => has(options, needed[right]))) throw new Refusal(MQC.MQRC_NOT_AUTHORIZED);
}

/** The options with what the queue decides about sharing. Throws when somebody else has it alone, or when it is wanted alone and is not. */
function shared(queue: Queue, options: number): number {
  if (!has(options, inputFlags)) return options;
  const { shareable, defaultInput } = queue.attributes;
  const asDefined = has(options, MQC.MQOO_INPUT_AS_Q_DEF) && defaultInput === 'exclusive';
  const alone = !shareable || asDefined || has(options, MQC.MQOO_INPUT_EXCLUSIVE);
  const others = [...queue.openings].filter((opening) => has(opening.options, inputFlags));
  const isTaken = others.some((opening) => alone || has(opening.options, MQC.MQOO_INPUT_EXCLUSIVE));
  if (isTaken) throw new Refusal(MQC.MQRC_OBJECT_IN_USE);
  return (options & ~inputFlags) | (alone ? MQC.MQOO_INPUT_EXCLUSIVE : MQC.MQOO_INPUT_SHARED);
}
