import type { Connection, OpenObject } from '../connection.ts';
import { done, has, MQC, type Outcome, Refusal, warned } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import type { Queue } from '../queues/queue.ts';
import { expire } from '../units/unit.ts';
import type { Parts } from '../wire/frames.ts';
import { objectOf } from './objects.ts';

/** Attributes by their selectors: a number, or a text with the length of its field. */
type Values = ReadonlyMap<number, number | readonly [text: string, length: number]>;

export function inquire(qm: QueueManager, connection: Connection, parts: Parts): Outcome {
  const object = objectOf(connection, parts.number());
  if (!has(object.options, MQC.MQOO_INQUIRE)) throw new Refusal(MQC.MQRC_NOT_OPEN_FOR_INQUIRE);
  const values = valuesOf(qm, object);
  const numbers: Buffer[] = [];
  const texts: string[] = [];
  let isComplete = true;
  for (const selector of selectorsIn(parts.block())) {
    const value = values.get(selector);
    if (value === undefined) isComplete = false;
    if (isText(selector)) texts.push(textOf(selector, value));
    else numbers.push(numberBytes(typeof value === 'number' ? value : MQC.MQIAV_NOT_APPLICABLE));
  }
  const found = [Buffer.concat(numbers), Buffer.from(texts.join(''), 'latin1')];
  return isComplete ? done(...found) : warned(MQC.MQRC_SELECTOR_NOT_FOR_TYPE, ...found);
}

function selectorsIn(block: Buffer): readonly number[] {
  return Array.from({ length: block.length / 4 }, (_, index) => block.readInt32LE(4 * index));
}

function isText(selector: number): boolean {
  if (selector >= MQC.MQCA_FIRST && selector <= MQC.MQCA_LAST) return true;
  if (selector >= MQC.MQIA_FIRST && selector <= MQC.MQIA_LAST) return false;
  throw new Refusal(MQC.MQRC_SELECTOR_ERROR);
}

/** The lengths of the texts that have no value for an object; asterisks stand in their place. */
const textLengths = new Map<number, number>([
  [MQC.MQCA_BACKOUT_REQ_Q_NAME, MQC.MQ_Q_NAME_LENGTH],
  [MQC.MQCA_BASE_Q_NAME, MQC.MQ_Q_NAME_LENGTH],
  [MQC.MQCA_Q_NAME, MQC.MQ_Q_NAME_LENGTH],
  [MQC.MQCA_Q_DESC, MQC.MQ_Q_DESC_LENGTH],
  [MQC.MQCA_DEAD_LETTER_Q_NAME, MQC.MQ_Q_NAME_LENGTH],
  [MQC.MQCA_Q_MGR_NAME, MQC.MQ_Q_MGR_NAME_LENGTH],
]);

function textOf(selector: number, value: number | readonly [string, number] | undefined): string {
  const length = textLengths.get(selector);
  if (length === undefined) throw new Refusal(MQC.MQRC_SELECTOR_ERROR);
  return typeof value === 'object' ? value[0].slice(0, length).padEnd(length, ' ') : '*'.repeat(length);
}

function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function valuesOf(qm: QueueManager, { name, isAlias, queue }: OpenObject): Values {
  if (queue === undefined) return ofQueueManager(qm);
  expire(qm, queue);
  return isAlias ? ofAlias(name, queue) : ofQueue(queue);
}

function ofQueueManager({ options }: QueueManager): Values {
  return new Map<number, number | readonly [string, number]>([
    [MQC.MQIA_CODED_CHAR_SET_ID, 1208],
    [MQC.MQIA_MAX_MSG_LENGTH, options.maxMsgLength],
    [MQC.MQIA_MAX_UNCOMMITTED_MSGS, options.maxUncommitted],
    [MQC.MQIA_MAX_HANDLES, options.maxHandles],
    [MQC.MQIA_PLATFORM, MQC.MQPL_UNIX],
    [MQC.MQCA_Q_MGR_NAME, [options.name, MQC.MQ_Q_MGR_NAME_LENGTH]],
    [MQC.MQCA_DEAD_LETTER_Q_NAME, [options.deadLetterQueue ?? '', MQC.MQ_Q_NAME_LENGTH]],
  ]);
}

function ofAlias(name: string, { name: base, attributes }: Queue): Values {
  return new Map<number, number | readonly [string, number]>([
    [MQC.MQIA_Q_TYPE, MQC.MQQT_ALIAS],
    [MQC.MQIA_INHIBIT_GET, attributes.getInhibited ? 1 : 0],
    [MQC.MQIA_INHIBIT_PUT, attributes.putInhibited ? 1 : 0],
    [MQC.MQCA_Q_NAME, [name, MQC.MQ_Q_NAME_LENGTH]],
    [MQC.MQCA_BASE_Q_NAME, [base, MQC.MQ_Q_NAME_LENGTH]],
  ]);
}

function ofQueue(queue: Queue): Values {
  const { attributes } = queue;
  return new Map<number, number | readonly [string, number]>([
    [MQC.MQIA_Q_TYPE, MQC.MQQT_LOCAL],
    [MQC.MQIA_CURRENT_Q_DEPTH, queue.depth],
    [MQC.MQIA_MAX_Q_DEPTH, attributes.maxDepth],
    [MQC.MQIA_MAX_MSG_LENGTH, attributes.maxMsgLength],
    [MQC.MQIA_INHIBIT_GET, attributes.getInhibited ? 1 : 0],
    [MQC.MQIA_INHIBIT_PUT, attributes.putInhibited ? 1 : 0],
    [MQC.MQIA_BACKOUT_THRESHOLD, attributes.backoutThreshold],
    [MQC.MQIA_SHAREABILITY, attributes.shareable ? MQC.MQQA_SHAREABLE : MQC.MQQA_NOT_SHAREABLE],
    [MQC.MQIA_DEF_INPUT_OPEN_OPTION, attributes.defaultInput === 'shared' ? MQC.MQOO_INPUT_SHARED : MQC.MQOO_INPUT_EXCLUSIVE],
    [MQC.MQIA_DEF_PERSISTENCE, attributes.persistent ? MQC.MQPER_PERSISTENT : MQC.MQPER_NOT_PERSISTENT],
    [MQC.MQIA_DEF_PRIORITY, attributes.priority],
    [MQC.MQIA_MSG_DELIVERY_SEQUENCE, attributes.sequence === 'priority' ? MQC.MQMDS_PRIORITY : MQC.MQMDS_FIFO],
    [MQC.MQIA_OPEN_INPUT_COUNT, queue.openCount('input')],
    [MQC.MQIA_OPEN_OUTPUT_COUNT, queue.openCount('output')],
    [MQC.MQIA_DEFINITION_TYPE, queue.isTemporary ? MQC.MQQDT_TEMPORARY_DYNAMIC : MQC.MQQDT_PREDEFINED],
    [MQC.MQCA_Q_NAME, [queue.name, MQC.MQ_Q_NAME_LENGTH]],
    [MQC.MQCA_Q_DESC, [attributes.description, MQC.MQ_Q_DESC_LENGTH]],
    [MQC.MQCA_BACKOUT_REQ_Q_NAME, [attributes.backoutQueue, MQC.MQ_Q_NAME_LENGTH]],
  ]);
}
