import { errors } from '../errors.ts';

/** The answer to a request whose message was not accepted: problem details by RFC 9457. */
export interface ProblemDetails {
  readonly status: number;
  readonly code: string;
  /** Holds neither secrets nor bodies. */
  readonly detail: string;
  /** For our log: what to do about it. Missing where the kernel has logged it. */
  readonly hint?: string;
  /** For our log: what went wrong. */
  readonly cause?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is closed after the answer. */
  readonly closes?: boolean;
}

type Details = Omit<ProblemDetails, 'status' | 'code' | 'detail' | 'hint'>;

export const unauthenticated = (challenge: string): ProblemDetails =>
  problem(401, errors.WB_HTTP_UNAUTHENTICATED, { headers: { 'www-authenticate': challenge } });
export const contentTypeRefused = (accepted: readonly string[]): ProblemDetails =>
  problem(415, errors.WB_HTTP_CONTENT_TYPE, { headers: { accept: accepted.join(', ') } });
export const methodRefused = (allow: string): ProblemDetails => problem(405, errors.WB_HTTP_METHOD, { headers: { allow } });
export const encodingRefused = problem(415, errors.WB_HTTP_CONTENT_ENCODING, { headers: { 'accept-encoding': 'identity' } });
export const ambiguous = problem(400, errors.WB_HTTP_AMBIGUOUS);
export const badId = problem(400, errors.WB_HTTP_BAD_ID);
export const notFound = problem(404, errors.WB_HTTP_NOT_FOUND);
export const tooLarge = problem(413, errors.WB_HTTP_TOO_LARGE, { closes: true });
export const busy = problem(503, errors.WB_HTTP_BUSY, { headers: { 'retry-after': '1' } });
export const notRunning = problem(503, errors.WB_HTTP_NOT_RUNNING, { headers: { 'retry-after': '1' }, closes: true });
export const bodyTaken = problem(500, errors.WB_HTTP_BODY_TAKEN);
export const expectation = problem(417, errors.WB_HTTP_EXPECTATION);
export const tooSlow = problem(408, errors.WB_HTTP_SLOW_REQUEST);
export const noRequest = problem(400, errors.WB_HTTP_NO_REQUEST);
export const headTooLarge = problem(431, errors.WB_HTTP_NO_REQUEST);
export const internal = problem(500, errors.WB_HTTP_INTERNAL);

function problem(
  status: number,
  { code, means, remedy }: { readonly code: string; readonly means: string; readonly remedy: string },
  details: Details = {},
): ProblemDetails {
  return { status, code, detail: means, hint: remedy, ...details };
}
