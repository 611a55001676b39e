import { createRequire } from 'node:module';
import type * as ibmmq from 'ibmmq';
import { MqFailure } from '../handle/mq-failure.ts';

export type Library = typeof ibmmq;

/**
 * Loads the package, which loads IBM's client. Only a host does this: both keep state for the whole process. Throws an `MqFailure` that
 * says which of the two is missing.
 */
export function loadLibrary(): Library {
  // Traces of calls would put properties of their own into messages.
  process.env['MQIJS_NOOTEL'] = '1';
  const require = createRequire(import.meta.url);
  // What is missing is told by the failure; the package also writes it to standard error in four lines of its own.
  const { error } = console;
  console.error = () => undefined;
  try {
    return require('ibmmq') as Library;
  } catch (thrown) {
    throw new MqFailure('load', 0, whatIsMissing(thrown));
  } finally {
    console.error = error;
  }
}

/** The package throws a plain object where it does not find the client. */
function whatIsMissing(thrown: unknown): string {
  const { code, message = String(thrown) } = thrown as { code?: unknown; message?: string };
  const isPackage = code === 'MODULE_NOT_FOUND' && message.includes("'ibmmq'");
  return isPackage ? 'the package "ibmmq" is not installed' : `the package "ibmmq" cannot load IBM's client library: ${firstLine(message)}`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
