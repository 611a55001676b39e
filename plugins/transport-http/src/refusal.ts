import type { HttpErrorCode } from './errors.ts';

/** A request that is answered without anybody having seen its message. */
export interface Refusal {
  readonly status: number;
  readonly code: HttpErrorCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is closed after the answer. */
  readonly hangUp?: boolean;
}

export const unauthenticated = (challenge: string): Refusal => ({
  status: 401,
  code: 'WB_HTTP_UNAUTHENTICATED',
  headers: { 'www-authenticate': challenge },
});
export const contentTypeRefused = (accepted: readonly string[]): Refusal => ({
  status: 415,
  code: 'WB_HTTP_CONTENT_TYPE',
  headers: { accept: accepted.join(', ') },
});
export const methodRefused = (allow: string): Refusal => ({ status: 405, code: 'WB_HTTP_METHOD', headers: { allow } });
export const ambiguous: Refusal = { status: 400, code: 'WB_HTTP_AMBIGUOUS' };
export const badId: Refusal = { status: 400, code: 'WB_HTTP_BAD_ID' };
export const notFound: Refusal = { status: 404, code: 'WB_HTTP_NOT_FOUND' };
export const tooLarge: Refusal = { status: 413, code: 'WB_HTTP_TOO_LARGE', hangUp: true };
export const busy: Refusal = { status: 503, code: 'WB_HTTP_BUSY', headers: { 'retry-after': '1' } };
export const notRunning: Refusal = { status: 503, code: 'WB_HTTP_NOT_RUNNING', headers: { 'retry-after': '1' }, hangUp: true };
export const bodyTaken: Refusal = { status: 500, code: 'WB_HTTP_BODY_TAKEN' };
export const internal: Refusal = { status: 500, code: 'WB_HTTP_INTERNAL' };
