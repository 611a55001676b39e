import type { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { BatchCall, Greeting, Operations, ThreadData } from '../operations.ts';
import { runBatch } from './batch.ts';
import { claimOperations } from './claims.ts';
import { openDatabase } from './database.ts';
import { factsOf } from './failure.ts';
import { inboxOperations } from './inbox.ts';
import { forgetOperations, repairOperations, viewOperations } from './operators.ts';
import { outboxOperations } from './outbox.ts';
import { Owners } from './owners.ts';
import { Rows } from './rows.ts';

/** The entry of the journal's threads: opens the file, says so, and does what it is told until it is told `null`. */
const data = workerData as ThreadData;
const port = parentPort;

try {
  const { database, operations, released } = open(data);
  port?.on('message', (first: Told) => {
    const told = [first, ...waitingAt(port)];
    const batches = told.filter((one) => one !== null);
    if (batches.length > 0) port.postMessage({ batches: batches.length, ...runBatch(database, operations, batches.flat(), data.path) });
    if (batches.length === told.length) return;
    database.close();
    port.close();
  });
  greet({ released });
} catch (error) {
  greet({ failure: factsOf(error, data.path) });
}

/** A batch, or that the thread is to end. */
type Told = readonly BatchCall[] | null;

/** What has come while the last transaction was being committed: it goes into the next one. */
function waitingAt(port: MessagePort): readonly Told[] {
  const told: Told[] = [];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    told.push((next as { readonly message: Told }).message);
  return told;
}

function greet(greeting: Greeting): void {
  port?.postMessage(greeting);
}

interface Opened {
  readonly database: DatabaseSync;
  readonly operations: Partial<Operations>;
  readonly released: number;
}

function open({ owner, ...options }: ThreadData): Opened {
  const database = openDatabase(options);
  try {
    return owner === null ? openToRead(database) : openToWrite(database, new Owners(database, owner));
  } catch (error) {
    database.close();
    throw error;
  }
}

function openToRead(database: DatabaseSync): Opened {
  return { database, operations: { ...viewOperations(database, new Rows(database, 0)), leave: () => undefined }, released: 0 };
}

function openToWrite(database: DatabaseSync, owners: Owners): Opened {
  const rows = new Rows(database, owners.me);
  const operations = {
    ...inboxOperations(database, rows),
    ...outboxOperations(database, rows),
    ...claimOperations(database, rows, owners),
    ...viewOperations(database, rows),
    ...repairOperations(database, rows),
    ...forgetOperations(database, rows),
    leave: () => owners.leave(),
  };
  database.exec('BEGIN IMMEDIATE');
  const released = owners.releaseDead();
  database.exec('COMMIT');
  return { database, operations, released };
}
