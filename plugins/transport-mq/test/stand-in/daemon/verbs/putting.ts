import { type Connection, clientOf, type OpenObject } from '../connection.ts';
import { done, has, MQC, type Outcome, Refusal, warned } from '../mqi.ts';
import { handleProperties, takenApart } from '../properties/carrying.ts';
import type { QueueManager } from '../queue-manager.ts';
import { newId, stampOf } from '../queues/identity.ts';
import type { Descriptor, Message } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';
import { bring, expire } from '../units/unit.ts';
import type { Parts } from '../wire/frames.ts';
import { type Layouts, Structure } from '../wire/layouts.ts';
import { closeObject, objectOf, openObject } from './objects.ts';

export function put(qm: QueueManager, connection: Connection, parts: Parts, layouts: Layouts): Outcome {
  const object = objectOf(connection, parts.number());
  const call = readCall(layouts, parts);
  if (!has(object.options, MQC.MQOO_OUTPUT)) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_OUTPUT);
  const isSettingContext = has(call.options.number('Options'), MQC.MQPMO_SET_ALL_CONTEXT | MQC.MQPMO_SET_IDENTITY_CONTEXT);
  const maySet = has(object.options, MQC.MQOO_SET_ALL_CONTEXT | MQC.MQOO_SET_IDENTITY_CONTEXT);
  if (isSettingContext && !maySet) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_SET_ALL);
  return answer(putMessage(qm, connection, object, call), call);
}

/** Opens, puts and closes in one call; a failure leaves nothing open. */
export function put1(qm: QueueManager, connection: Connection, parts: Parts, layouts: Layouts): Outcome {
  const descriptor = new Structure(layouts, 'MQOD', parts.block());
  const call = readCall(layouts, parts);
  const object = openObject(qm, connection, descriptor, MQC.MQOO_OUTPUT | MQC.MQOO_FAIL_IF_QUIESCING);
  try {
    return answer(putMessage(qm, connection, object, call), call, descriptor.bytes);
  } finally {
    closeObject(qm, connection, object);
  }
}

interface PutCall {
  readonly descriptor: Structure;
  readonly options: Structure;
  readonly body: Buffer;
}

function readCall(layouts: Layouts, parts: Parts): PutCall {
  const descriptor = new Structure(layouts, 'MQMD', parts.block());
  const options = new Structure(layouts, 'MQPMO', parts.block());
  // A copy: the message stays, the frame goes.
  return { descriptor, options, body: Buffer.from(parts.block()) };
}

function answer(warning: number, { descriptor, options }: PutCall, ...before: readonly Buffer[]): Outcome {
  const parts = [...before, descriptor.bytes, options.bytes];
  return warning === MQC.MQRC_NONE ? done(...parts) : warned(warning, ...parts);
}

/** Puts, completes descriptor and options, and answers with a warning or none. */
function putMessage(qm: QueueManager, connection: Connection, { queue, remote }: OpenObject, call: PutCall): number {
  if (queue === undefined) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_OUTPUT);
  const options = call.options.number('Options');
  const given = call.descriptor.values() as unknown as Descriptor;
  checkOptions(qm, options);
  checkLength(qm, connection, queue, call.body.length);
  checkDescriptor(given);
  expire(qm, queue);
  if (queue.attributes.putInhibited) throw new Refusal(MQC.MQRC_PUT_INHIBITED);
  if (queue.depth >= queue.attributes.maxDepth) throw new Refusal(MQC.MQRC_Q_FULL);
  const descriptor = completed(qm, connection, queue, given, options);
  const message = { ...messageOf(qm, connection, queue, descriptor, call), remote };
  bring(qm, connection, queue, message, has(options, MQC.MQPMO_SYNCPOINT));
  call.descriptor.setAll(descriptor);
  call.options.set('ResolvedQName', remote?.queue ?? queue.name);
  call.options.set('ResolvedQMgrName', remote?.queueManager ?? qm.options.name);
  return given.Priority > 9 ? MQC.MQRC_PRIORITY_EXCEEDS_MAXIMUM : MQC.MQRC_NONE;
}

function checkOptions(qm: QueueManager, options: number): void {
  if (has(options, MQC.MQPMO_FAIL_IF_QUIESCING) && qm.state === 'quiescing') throw new Refusal(MQC.MQRC_Q_MGR_QUIESCING);
  if (has(options, MQC.MQPMO_SYNCPOINT) && has(options, MQC.MQPMO_NO_SYNCPOINT)) throw new Refusal(MQC.MQRC_OPTIONS_ERROR);
  // The package does not say from which handle the context is to be passed on.
  if (has(options, MQC.MQPMO_PASS_ALL_CONTEXT | MQC.MQPMO_PASS_IDENTITY_CONTEXT)) throw new Refusal(MQC.MQRC_CONTEXT_HANDLE_ERROR);
  if (has(options, MQC.MQPMO_LOGICAL_ORDER)) throw new Refusal(MQC.MQRC_FUNCTION_NOT_SUPPORTED);
}

function checkLength(qm: QueueManager, connection: Connection, queue: Queue, length: number): void {
  if (length > clientOf(connection).maxMsgLength) throw new Refusal(MQC.MQRC_DATA_LENGTH_ERROR);
  if (length > qm.options.maxMsgLength) throw new Refusal(MQC.MQRC_MSG_TOO_BIG_FOR_Q_MGR);
  if (length > queue.attributes.maxMsgLength) throw new Refusal(MQC.MQRC_MSG_TOO_BIG_FOR_Q);
}

const wantsAnswer =
  MQC.MQRO_EXCEPTION_WITH_FULL_DATA |
  MQC.MQRO_EXPIRATION_WITH_FULL_DATA |
  MQC.MQRO_COA_WITH_FULL_DATA |
  MQC.MQRO_COD_WITH_FULL_DATA |
  MQC.MQRO_PAN |
  MQC.MQRO_NAN;

function checkDescriptor(given: Descriptor): void {
  const needsReplyQueue = given.MsgType === MQC.MQMT_REQUEST || has(given.Report, wantsAnswer);
  if (needsReplyQueue && given.ReplyToQ === '') throw new Refusal(MQC.MQRC_MISSING_REPLY_TO_Q);
  if (given.Expiry < 1 && given.Expiry !== MQC.MQEI_UNLIMITED) throw new Refusal(MQC.MQRC_EXPIRY_ERROR);
  if (given.Priority < MQC.MQPRI_PRIORITY_AS_Q_DEF) throw new Refusal(MQC.MQRC_PRIORITY_ERROR);
  const persistences = [MQC.MQPER_PERSISTENT, MQC.MQPER_NOT_PERSISTENT, MQC.MQPER_PERSISTENCE_AS_Q_DEF];
  if (!persistences.includes(given.Persistence)) throw new Refusal(MQC.MQRC_PERSISTENCE_ERROR);
}

/** The descriptor as it is stored: with what the queue manager fills in. */
function completed(qm: QueueManager, connection: Connection, queue: Queue, given: Descriptor, options: number): Descriptor {
  const { persistent, priority } = queue.attributes;
  const asQueue = persistent ? MQC.MQPER_PERSISTENT : MQC.MQPER_NOT_PERSISTENT;
  const persistence = given.Persistence === MQC.MQPER_PERSISTENCE_AS_Q_DEF ? asQueue : given.Persistence;
  if (queue.isTemporary && persistence === MQC.MQPER_PERSISTENT) throw new Refusal(MQC.MQRC_PERSISTENT_NOT_ALLOWED);
  const isInGroup = has(given.MsgFlags, MQC.MQMF_MSG_IN_GROUP | MQC.MQMF_LAST_MSG_IN_GROUP);
  const wantsNewId = has(options, MQC.MQPMO_NEW_MSG_ID) || isZero(given.MsgId);
  return {
    ...given,
    ...contextOf(connection, given, options),
    Persistence: persistence,
    Priority: given.Priority === MQC.MQPRI_PRIORITY_AS_Q_DEF ? priority : Math.min(given.Priority, 9),
    // The code page of a client without a locale, whatever the bytes are: this is the trap that it is on the real one.
    CodedCharSetId: given.CodedCharSetId === MQC.MQCCSI_Q_MGR ? 819 : given.CodedCharSetId,
    MsgId: wantsNewId ? newId(qm.options.name) : given.MsgId,
    CorrelId: has(options, MQC.MQPMO_NEW_CORREL_ID) ? newId(qm.options.name) : given.CorrelId,
    GroupId: isInGroup && isZero(given.GroupId) ? newId(qm.options.name) : given.GroupId,
    BackoutCount: 0,
    ReplyToQMgr: given.ReplyToQ !== '' && given.ReplyToQMgr === '' ? qm.options.name : given.ReplyToQMgr,
  };
}

function isZero(id: Buffer): boolean {
  return id.every((byte) => byte === 0);
}

/** Who put it, where and when: unless the program may say so itself. */
function contextOf(connection: Connection, given: Descriptor, options: number): Partial<Descriptor> {
  if (has(options, MQC.MQPMO_SET_ALL_CONTEXT)) return {};
  const { user, applName } = clientOf(connection);
  const origin = { ...stampOf(applName), PutApplType: MQC.MQAT_DEFAULT, ApplOriginData: '' };
  if (has(options, MQC.MQPMO_SET_IDENTITY_CONTEXT)) return origin;
  if (has(options, MQC.MQPMO_NO_CONTEXT))
    return { UserIdentifier: '', PutApplName: '', PutDate: '', PutTime: '', PutApplType: MQC.MQAT_NO_CONTEXT };
  return {
    ...origin,
    UserIdentifier: user.slice(0, 12),
    ApplIdentityData: '',
    AccountingToken: Buffer.alloc(given.AccountingToken.length),
  };
}

function messageOf(qm: QueueManager, connection: Connection, queue: Queue, descriptor: Descriptor, { options, body }: PutCall): Message {
  const inBody = takenApart(descriptor, body);
  const expiry = descriptor.Expiry;
  return {
    order: qm.nextOrder(),
    queue: queue.name,
    descriptor: { ...descriptor, ...inBody.descriptor },
    body: inBody.body,
    properties: [...inBody.properties, ...handleProperties(connection, options.handle('OriginalMsgHandle'))],
    expiresAt: expiry === MQC.MQEI_UNLIMITED ? undefined : Date.now() + 100 * expiry,
  };
}
