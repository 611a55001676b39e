import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../connection.ts';
import type { Act } from '../faults.ts';
import { failed, MQC, type Outcome } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import { backOut } from '../units/unit.ts';
import { end, perform, queuesOf } from '../verbs/calls.ts';
import { FrameReader, frameOf, Parts } from './frames.ts';

let lastConnection = 0;

/** Serves the programs that use the library: one socket a connection, one call at a time. */
export function servePrograms(qm: QueueManager, path: string): Server {
  return createServer((socket) => serve(qm, socket)).listen(path);
}

function serve(qm: QueueManager, socket: Socket): void {
  lastConnection += 1;
  const connection = new Connection(lastConnection, () => socket.destroy());
  const frames = new FrameReader();
  qm.connections.add(connection);
  socket.on('data', (piece: Buffer) => {
    for (const frame of frames.push(piece)) void answer(qm, connection, socket, frame);
  });
  // A program that was killed resets its socket: for the queue manager that is an end like any other.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    connection.hasEnded = true;
    end(qm, connection);
  });
}

async function answer(qm: QueueManager, connection: Connection, socket: Socket, frame: Buffer): Promise<void> {
  const parts = new Parts(frame);
  const verb = parts.text();
  if (connection.isStopping) {
    // Told once; from the next call on the connection is gone.
    socket.end(frameOf(failed(MQC.MQRC_Q_MGR_STOPPING)));
    return;
  }
  const act = qm.faults.strike({ verb, queues: queuesOf(connection, verb, parts), applName: connection.client?.applName ?? '' });
  const outcome = act === undefined ? perform(qm, connection, frame) : await struck(qm, connection, act, frame);
  if (outcome === undefined) return;
  const settled = outcome instanceof Promise ? await outcome : outcome;
  socket.write(frameOf(settled));
  if (verb === 'DISC') socket.end();
}

/** What a call answers that a fault has struck; undefined when it is never answered. */
async function struck(qm: QueueManager, connection: Connection, act: Act, frame: Buffer): Promise<Outcome | undefined> {
  if ('reason' in act) {
    if (act.reason === MQC.MQRC_BACKED_OUT) backOut(qm, connection, 'backout');
    return failed(act.reason);
  }
  if ('delay' in act) {
    await pause(act.delay);
    return connection.hasEnded ? undefined : perform(qm, connection, frame);
  }
  const when = 'cut' in act ? act.cut : 'silence' in act ? act.silence : act.crash;
  if ('crash' in act) qm.log.breaksOff = act.crash === 'during';
  if (when !== 'before') await perform(qm, connection, frame);
  if ('cut' in act) connection.cut();
  if ('crash' in act) process.kill(process.pid, 'SIGKILL');
  return undefined;
}
