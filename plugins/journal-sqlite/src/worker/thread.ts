import type { DatabaseSync } from 'node:sqlite';
import { type OperationKinds, type OwnerFacts, Owners, openFile, type Service, serve } from '@waybill/sqlite';
import { meanings } from '../meanings.ts';
import type { Operations, ThreadData } from '../operations.ts';
import { claimOperations } from './claims.ts';
import { inboxOperations } from './inbox.ts';
import { forgetOperations, repairOperations, viewOperations } from './operators.ts';
import { outboxOperations } from './outbox.ts';
import { Rows } from './rows.ts';
import { journalFile } from './schema.ts';

const kinds: OperationKinds<Operations> = { find: 'read', list: 'read', show: 'read', count: 'read' };

/* The entry of the journal's threads. */
serve<ThreadData, Partial<Operations>>((data) => {
  const database = openFile(journalFile, data);
  try {
    return data.owner ? writing(database, data.owner) : viewing(database);
  } catch (error) {
    database.close();
    throw error;
  }
}, meanings);

function viewing(database: DatabaseSync): Service<Partial<Operations>> {
  return { database, operations: viewOperations(database, new Rows(database, () => false)), kinds };
}

function writing(database: DatabaseSync, facts: OwnerFacts): Service<Partial<Operations>> {
  const holds = database.prepare('SELECT 1 FROM message INDEXED BY claimed WHERE owner = ? LIMIT 1');
  const free = database.prepare('UPDATE message INDEXED BY claimed SET owner = NULL, claimable_at = due_at WHERE owner = ?');
  const owners = new Owners(database, facts, {
    holds: (owner) => holds.get(owner) !== undefined,
    free: (owner) => Number(free.run(owner).changes),
  });
  const rows = new Rows(database, (owner) => owners.isMine(owner));
  const operations = {
    ...inboxOperations(database, rows),
    ...outboxOperations(database, rows),
    ...claimOperations(database, rows, owners),
    ...viewOperations(database, rows),
    ...repairOperations(database, rows),
    ...forgetOperations(database, rows),
  };
  return { database, operations, kinds, owners, opened: (freed) => freed };
}
