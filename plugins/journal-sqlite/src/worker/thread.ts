import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
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

/** The entry of the journal's threads: opens the file, says so, and does batch after batch until it is told `null`. */
const data = workerData as ThreadData;
const port = parentPort;

try {
  const { database, operations, released } = open(data);
  port?.on('message', (calls: readonly BatchCall[] | null) => {
    if (calls !== null) return port.postMessage(runBatch(database, operations, calls, data.path));
    database.close();
    port.close();
  });
  greet({ released });
} catch (error) {
  greet({ failure: factsOf(error, data.path) });
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
