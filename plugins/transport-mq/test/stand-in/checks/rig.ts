import { MQC } from '../daemon/mqi.ts';
import type { Definition } from '../daemon/queues/attributes.ts';
import { hasStandIn } from '../library.ts';
import { connected, type Program } from '../program/program.ts';
import { type QueueManager, type QueueManagerOptions, startQueueManager } from '../queue-manager.ts';

/** Whether the checks of this folder can run. */
export const isHere = hasStandIn('the stand-in for IBM MQ was not checked');

/** How most tests open a queue. */
export const forAll = MQC.MQOO_INPUT_SHARED | MQC.MQOO_OUTPUT | MQC.MQOO_BROWSE | MQC.MQOO_INQUIRE;

/** Under syncpoint, for puts and for gets. */
export const putInUnit = { options: MQC.MQPMO_SYNCPOINT };
export const getInUnit = { options: MQC.MQGMO_SYNCPOINT };

/** A queue manager and two programs that are connected to it, `one` and `other`. */
export class Rig {
  readonly qm: QueueManager;
  readonly one: Program;
  readonly other: Program;
  #lastQueue = 0;

  private constructor(qm: QueueManager, one: Program, other: Program) {
    this.qm = qm;
    this.one = one;
    this.other = other;
  }

  static async start(options: QueueManagerOptions = {}): Promise<Rig> {
    const qm = await startQueueManager(options);
    const [one, other] = await Promise.all([connected(qm, { applName: 'one' }), connected(qm, { applName: 'other' })]);
    return new Rig(qm, one, other);
  }

  /** Makes a queue that no other test uses. */
  async queue(attributes: Partial<Definition> = {}): Promise<string> {
    this.#lastQueue += 1;
    const name = `QUEUE.${this.#lastQueue}`;
    await this.qm.define(name, { type: 'local', ...attributes } as Definition);
    return name;
  }

  /** Makes a queue and opens it in `one`. */
  async opened(attributes: Partial<Definition> = {}): Promise<{ readonly queue: string; readonly object: number }> {
    const queue = await this.queue(attributes);
    return { queue, object: (await this.one.open(queue, forAll)).object };
  }

  /** The texts on a queue, in order. */
  async texts(queue: string): Promise<readonly string[]> {
    return (await this.qm.browse(queue)).map(({ text }) => text);
  }

  async close(): Promise<void> {
    await Promise.all([this.one.kill(), this.other.kill()]);
    await this.qm.close();
  }
}

/** A failure of the MQI with this reason. */
export function reason(code: number): { readonly reason: number } {
  return { reason: code };
}
