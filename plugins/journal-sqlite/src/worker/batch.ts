import type { DatabaseSync } from 'node:sqlite';
import type { BatchAnswer } from '../operations.ts';
import { type BatchCall, type FailureFacts, type Operations, readOperations } from '../operations.ts';
import { blamesTheCall, factsOf } from './failure.ts';

type Execute = (call: BatchCall) => unknown;
type Answer = Omit<BatchAnswer, 'batches'>;

/** Does the calls of a batch in one transaction with one commit. Each call is done as a whole or not at all. */
export function runBatch(database: DatabaseSync, operations: Partial<Operations>, calls: readonly BatchCall[], path: string): Answer {
  const execute: Execute = ([name, args]) => (operations[name] as (...args: readonly unknown[]) => unknown)(...args);
  try {
    if (calls.every(([name]) => readOperations.has(name))) return eachAlone(calls, execute, path);
    return inTransaction(database, () => ({ values: calls.map(execute), failures: [] }));
  } catch (error) {
    if (!blamesTheCall(error)) return allFailed(calls, factsOf(error, path));
    return withSavepoints(database, calls, execute, path);
  }
}

function inTransaction(database: DatabaseSync, work: () => Answer): Answer {
  database.exec('BEGIN IMMEDIATE');
  try {
    const answer = work();
    database.exec('COMMIT');
    return answer;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Some errors of the disk have ended the transaction already; then there is nothing to roll back. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction'))) throw error;
  }
}

/** Reads: the failure of one is nobody else's. */
function eachAlone(calls: readonly BatchCall[], execute: Execute, path: string): Answer {
  const failures: [number, FailureFacts][] = [];
  const values = calls.map((call, index) => {
    try {
      return execute(call);
    } catch (error) {
      failures.push([index, factsOf(error, path)]);
      return undefined;
    }
  });
  return { values, failures };
}

/**
 * The second way, taken when a call of the batch was refused: savepoints keep the neighbours of the bad call. They cost
 * too much to be set in batches in which all goes well.
 */
function withSavepoints(database: DatabaseSync, calls: readonly BatchCall[], execute: Execute, path: string): Answer {
  const failures: [number, FailureFacts][] = [];
  const guarded: Execute = (call) => {
    database.exec('SAVEPOINT step');
    const value = execute(call);
    database.exec('RELEASE step');
    return value;
  };
  const work = (): Answer => {
    const values = calls.map((call, index) => {
      try {
        return guarded(call);
      } catch (error) {
        if (!blamesTheCall(error)) throw error;
        database.exec('ROLLBACK TO step; RELEASE step');
        failures.push([index, factsOf(error, path)]);
        return undefined;
      }
    });
    return { values, failures };
  };
  try {
    return inTransaction(database, work);
  } catch (error) {
    return allFailed(calls, factsOf(error, path));
  }
}

function allFailed(calls: readonly BatchCall[], facts: FailureFacts): Answer {
  return { values: [], failures: calls.map((_, index) => [index, facts]) };
}
