import { type ErrorCode, isWaybillError, WaybillError } from '@waybill/contract';
import { ManifestError, type Problem } from '@waybill/manifest';

/** An error as a machine reads it. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly at?: string | undefined;
  readonly hint?: string | undefined;
  readonly cause?: string | undefined;
  /** Of a manifest, all that is wrong with it. */
  readonly problems?: readonly Problem[];
}

export function errorReport(error: WaybillError): ErrorReport {
  const report = { code: error.code, message: error.message, at: error.at, hint: error.hint, cause: causeText(error) };
  return error instanceof ManifestError ? { ...report, problems: error.problems } : report;
}

/** The error of another process, which tells of it in a report. */
export function reportedError({ code, message, at, hint, cause }: ErrorReport): WaybillError {
  return new WaybillError(code, message, { at, hint, cause: cause === undefined ? undefined : new Error(cause) });
}

/** What, where, why and what to do, for somebody at a terminal. Errors that are not ours are shown whole: they are defects. */
export function errorText(error: unknown, loud: (text: string) => string = (text) => text): string {
  if (!isWaybillError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof ManifestError) return error.message;
  const lines = [`${loud(error.code)}  ${error.message}`];
  const cause = causeText(error);
  if (error.at !== undefined) lines.push(`  at    ${error.at}`);
  if (cause !== undefined) lines.push(`  why   ${cause}`);
  if (error.hint !== undefined) lines.push(`  hint  ${error.hint}`);
  return lines.join('\n');
}

/** Why, in the words of the causes. An error that was handed on says the same as its cause; that is said once. */
function causeText({ message, cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const further = causeText(cause);
  if (cause.message === message) return further;
  return further === undefined ? cause.message : `${cause.message} (${further})`;
}
