import { styleText } from 'node:util';
import type { Paint } from './run/paint.ts';

/** Where the program writes: results to standard output, everything else to standard error. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly bytes: (bytes: Uint8Array) => void;
  readonly err: (text: string) => void;
  /** Whether standard error is a terminal, at which somebody sits. */
  readonly errIsWatched: boolean;
  /** Colours a text for standard error, where that shows colours. */
  readonly paint: Paint;
  /** Makes the code of an error stand out, where standard error is a terminal that shows colours. */
  readonly loud: (text: string) => string;
  /** The same for what is written as a result; warnings look less alarming. */
  readonly loudResult: (text: string, severity?: 'error' | 'warning') => string;
  /** Resolves when what was written has reached the system. False: it could not be written. That nobody reads it any more is no fault. */
  readonly flushed: () => Promise<boolean>;
}

export const terminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  bytes: (bytes) => void process.stdout.write(bytes),
  err: (text) => void process.stderr.write(`${text}\n`),
  errIsWatched: process.stderr.isTTY,
  paint: (colour, text) => styleText(colour, text, { stream: process.stderr }),
  loud: (text) => styleText('red', text, { stream: process.stderr }),
  loudResult: (text, severity = 'error') => styleText(severity === 'error' ? 'red' : 'yellow', text, { stream: process.stdout }),
  flushed: async () => (await Promise.all([process.stdout, process.stderr].map(flush))).every(Boolean),
};

function flush(stream: NodeJS.WriteStream): Promise<boolean> {
  return new Promise((resolve) => {
    stream.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EPIPE'));
    stream.write('', (error) => resolve(!error || (error as NodeJS.ErrnoException).code === 'EPIPE'));
  });
}

/** A value as a machine reads it. */
export function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
