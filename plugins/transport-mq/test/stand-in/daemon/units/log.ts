import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Definition } from '../queues/attributes.ts';
import type { Message } from '../queues/message.ts';

/** What the queue manager has to know again after a crash. One entry is done as a whole or not at all. */
export type Entry =
  | { readonly kind: 'define'; readonly name: string; readonly definition: Definition }
  | { readonly kind: 'remove'; readonly name: string }
  /** A unit of work: its persistent messages, those got by their order. */
  | { readonly kind: 'unit'; readonly put: readonly Message[]; readonly got: readonly number[] }
  /** Messages that were given back, by their order: each backout counts. */
  | { readonly kind: 'backout'; readonly got: readonly number[] };

/** The log that is written ahead: each entry is on disk before anybody hears that it was done. */
export class Log {
  readonly #file: number;
  readonly #sync: boolean;
  /** For a test: the next entry is written up to its middle, and the process ends there. */
  breaksOff = false;

  /** Begins a new log with these entries, in place of the one that is there. */
  constructor(path: string, entries: readonly Entry[], sync: boolean) {
    this.#sync = sync;
    this.#file = openSync(`${path}.new`, 'w');
    for (const entry of entries) writeSync(this.#file, recordOf(entry));
    if (sync) fdatasyncSync(this.#file);
    renameSync(`${path}.new`, path);
  }

  append(entry: Entry): void {
    const record = recordOf(entry);
    if (this.breaksOff) {
      writeSync(this.#file, record.subarray(0, record.length >>> 1));
      process.kill(process.pid, 'SIGKILL');
    }
    writeSync(this.#file, record);
    // How often a message was given back may be forgotten when the machine stops.
    if (this.#sync && entry.kind !== 'backout') fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** All complete entries of a log. The last one may be torn: it was never answered for. */
export function* entriesOf(path: string): Generator<Entry> {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) return;
    yield deserialize(bytes.subarray(at + 4, end)) as Entry;
    at = end;
  }
}

function recordOf(entry: Entry): Buffer {
  const content = serialize(entry);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([length, content]);
}
