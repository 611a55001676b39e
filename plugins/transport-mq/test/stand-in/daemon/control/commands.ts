import type { Connection } from '../connection.ts';
import type { Fault } from '../faults.ts';
import { failed, MQC } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import type { Definition } from '../queues/attributes.ts';
import type { UnitRecord } from '../units/records.ts';
import { expire, settleAlone } from '../units/unit.ts';
import { end } from '../verbs/calls.ts';
import { type Given, messageOf, type Seen, seen } from './messages.ts';

/** A connection, as a test sees it. */
export interface SeenConnection {
  readonly id: number;
  readonly pid: number;
  readonly applName: string;
  readonly user: string;
  /** `host(port)` of a client; empty in bindings mode. */
  readonly host: string;
  readonly channel: string;
  /** The names of its open objects, as it opened them. */
  readonly objects: readonly string[];
  /** The queue on which a get waits. */
  readonly waitsOn: string | undefined;
  /** How many messages are got and put in its open unit. */
  readonly unit: { readonly got: number; readonly put: number };
}

/** What a test may ask for, by name. Arguments and answers are JSON. */
export function commandsOf(qm: QueueManager) {
  const queueNamed = (name: string) => {
    const queue = qm.queueNamed(name);
    if (queue === undefined) throw new Error(`There is no queue ${name}.`);
    return queue;
  };
  return {
    define: (name: string, definition: Definition) => qm.define(name, definition),
    remove: (name: string) => qm.remove(name),
    /** All in one step. */
    put: (name: string, given: readonly Given[]): { readonly msgIds: readonly string[] } => {
      const messages = given.map((each) => messageOf(qm, queueNamed(name), each));
      settleAlone(qm, [], messages);
      return { msgIds: messages.map(({ descriptor }) => descriptor.MsgId.toString('hex')) };
    },
    /** All messages that can be got, in order; they stay. */
    browse: (name: string): readonly Seen[] => {
      const queue = queueNamed(name);
      expire(qm, queue);
      return queue.available.map(seen);
    },
    /** All messages that can be got, in order; they are gone then. */
    take: (name: string): readonly Seen[] => {
      const queue = queueNamed(name);
      expire(qm, queue);
      const taken = [...queue.available];
      for (const message of taken) queue.remove(message);
      settleAlone(qm, taken, []);
      return taken.map(seen);
    },
    depth: (name: string): number => {
      const queue = queueNamed(name);
      expire(qm, queue);
      return queue.depth;
    },
    fault: (fault: Fault) => qm.faults.add(fault),
    clearFaults: () => qm.faults.clear(),
    faultsWaiting: (): number => qm.faults.waiting,
    units: (): readonly UnitRecord[] => qm.records,
    connections: (): readonly SeenConnection[] => [...qm.connections].flatMap((each) => (each.client ? [seenConnection(each)] : [])),
    cut: (applName?: string | null) => {
      for (const each of qm.connections) if ((applName ?? each.client?.applName) === each.client?.applName) each.cut();
    },
    quiesce: () => {
      qm.state = 'quiescing';
      for (const { waiting } of qm.connections) waiting?.waiter.end(failed(MQC.MQRC_Q_MGR_QUIESCING));
    },
    resume: () => {
      qm.state = 'running';
    },
    end: () => endAll(qm),
    start: () => {
      qm.state = 'running';
    },
  };
}

export type Commands = ReturnType<typeof commandsOf>;

/** The queue manager ends under its programs: units are backed out, and messages that are not persistent are gone. */
function endAll(qm: QueueManager): void {
  qm.state = 'ended';
  for (const connection of qm.connections) {
    const isWaiting = connection.waiting !== undefined;
    connection.waiting?.waiter.end(failed(MQC.MQRC_Q_MGR_STOPPING));
    end(qm, connection);
    connection.isStopping = true;
    // It has been told already.
    if (isWaiting) setImmediate(connection.cut);
  }
  qm.dropWhatIsNotPersistent();
}

function seenConnection({ id, client, objects, waiting, unit }: Connection): SeenConnection {
  const { pid = 0, applName = '', user = '', isClient = false, host = '', channel = '' } = client ?? {};
  return {
    id,
    pid,
    applName,
    user,
    host: isClient ? host : '',
    channel,
    objects: [...objects.values()].map(({ name }) => name),
    waitsOn: waiting?.queue.name,
    unit: { got: unit?.got.length ?? 0, put: unit?.put.length ?? 0 },
  };
}
