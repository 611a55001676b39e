import type { JournalErrorCode } from '../errors.ts';
import type { FailureFacts } from '../operations.ts';

/** A step that cannot be done. Thrown in the thread of the journal and told to the caller. */
export class Refusal extends Error {
  readonly facts: FailureFacts;

  constructor(code: JournalErrorCode, message: string, more: Partial<Pick<FailureFacts, 'retryable' | 'hint' | 'cause'>> = {}) {
    super(message);
    this.facts = { code, message, retryable: false, hint: null, cause: null, ...more };
  }
}

/** The primary result codes of SQLite that mean something to us: sqlite.org/rescode.html. */
const sqlite = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  tooBig: 18,
  constraint: 19,
  notADatabase: 26,
};

/** Tells whether the call itself is to blame, so that its neighbours in the batch can still be done. */
export function blamesTheCall(error: unknown): boolean {
  const code = resultCode(error);
  return code === undefined || code === sqlite.constraint || code === sqlite.tooBig;
}

/** What `error` means to whoever uses the journal in `path`. */
export function factsOf(error: unknown, path: string): FailureFacts {
  if (error instanceof Refusal) return error.facts;
  const cause = error instanceof Error ? error.message : String(error);
  const [code, message, retryable] = meaningOf(resultCode(error), path, cause);
  return { code, message, retryable, hint: null, cause };
}

type Meaning = readonly [code: JournalErrorCode, message: string, retryable: boolean];

function meaningOf(code: number | undefined, path: string, cause: string): Meaning {
  return meanings(path).get(code) ?? ['WB_JOURNAL_FAILED', `The journal ${path} could not do a step: ${cause}.`, false];
}

function meanings(path: string): ReadonlyMap<number | undefined, Meaning> {
  return new Map<number | undefined, Meaning>([
    [sqlite.busy, ['WB_JOURNAL_BUSY', `Another process keeps the journal ${path} locked.`, true]],
    [sqlite.locked, ['WB_JOURNAL_BUSY', `Another process keeps the journal ${path} locked.`, true]],
    [sqlite.readOnly, ['WB_JOURNAL_READ_ONLY', `The journal ${path} cannot be written to.`, false]],
    [sqlite.ioError, ['WB_JOURNAL_IO_FAILED', `Reading or writing the journal ${path} failed.`, true]],
    [sqlite.corrupt, ['WB_JOURNAL_DAMAGED', `The journal ${path} is damaged.`, false]],
    [sqlite.full, ['WB_JOURNAL_FULL', `There is no space left for the journal ${path}.`, true]],
    [sqlite.cannotOpen, ['WB_JOURNAL_CANNOT_OPEN', `The journal ${path} cannot be opened or created.`, false]],
    [sqlite.notADatabase, ['WB_JOURNAL_NOT_A_JOURNAL', `The file ${path} is not a database.`, false]],
  ]);
}

/** Undefined when the error is not one of SQLite's. The lowest byte is the primary code, the rest says more exactly where. */
function resultCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
