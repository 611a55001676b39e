import type { Connection } from '../connection.ts';
import { clientOf } from '../connection.ts';
import { done, failed, MQC, type Outcome } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import { backOut, commit } from '../units/unit.ts';
import { Parts } from '../wire/frames.ts';
import { Structure } from '../wire/layouts.ts';
import { connect, disconnect } from './connecting.ts';
import { get } from './getting.ts';
import { createHandle, deleteHandle, deleteProperty, inquireProperty, setProperty } from './handles.ts';
import { inquire } from './inquiring.ts';
import { close, closeObject, open } from './objects.ts';
import { put, put1 } from './putting.ts';
import { orFailed } from './refusing.ts';

/** Does what a call asks for. What is wrong with it is its answer. */
export function perform(qm: QueueManager, connection: Connection, frame: Buffer): Outcome | Promise<Outcome> {
  const parts = new Parts(frame);
  return orFailed(() => dispatch(qm, connection, parts.text(), parts));
}

function dispatch(qm: QueueManager, connection: Connection, verb: string, parts: Parts): Outcome | Promise<Outcome> {
  if (verb === 'CONNX') return connect(qm, connection, parts);
  const { layouts } = clientOf(connection);
  switch (verb) {
    case 'DISC':
      return disconnect(qm, connection);
    case 'OPEN':
      return open(qm, connection, parts, layouts);
    case 'CLOSE':
      return close(qm, connection, parts);
    case 'PUT':
      return put(qm, connection, parts, layouts);
    case 'PUT1':
      return put1(qm, connection, parts, layouts);
    case 'GET':
      return get(qm, connection, parts, layouts);
    case 'INQ':
      return inquire(qm, connection, parts);
    case 'CMIT':
      commit(qm, connection, 'commit');
      return done();
    case 'BACK':
      backOut(qm, connection, 'backout');
      return done();
    default:
      return handleCall(connection, verb, parts);
  }
}

function handleCall(connection: Connection, verb: string, parts: Parts): Outcome {
  switch (verb) {
    case 'CRTMH':
      return createHandle(connection);
    case 'DLTMH':
      return deleteHandle(connection, parts);
    case 'SETMP':
      return setProperty(connection, parts);
    case 'DLTMP':
      return deleteProperty(connection, parts);
    case 'INQMP':
      return inquireProperty(connection, parts);
    default:
      return failed(MQC.MQRC_FUNCTION_NOT_SUPPORTED);
  }
}

/** The queues that a call is about, as its program calls them: that of its handle, of its descriptor, or those of its unit. */
export function queuesOf(connection: Connection, verb: string, parts: Parts): readonly string[] {
  switch (verb) {
    case 'CLOSE':
    case 'PUT':
    case 'GET':
    case 'INQ': {
      const name = connection.objects.get(parts.number())?.name;
      return name === undefined ? [] : [name];
    }
    case 'OPEN':
    case 'PUT1':
      return connection.client ? [new Structure(connection.client.layouts, 'MQOD', parts.block()).text('ObjectName')] : [];
    case 'CMIT':
    case 'BACK':
    case 'DISC':
      return [...(connection.unit?.got ?? []), ...(connection.unit?.put ?? [])].map(({ queue }) => queue);
    default:
      return [];
  }
}

/** The connection is gone, with or without MQDISC: what was not committed by then is backed out. */
export function end(qm: QueueManager, connection: Connection): void {
  connection.waiting?.waiter.end(failed(MQC.MQRC_CONNECTION_BROKEN));
  for (const object of connection.objects.values()) closeObject(qm, connection, object);
  backOut(qm, connection, 'lost');
  qm.connections.delete(connection);
}
