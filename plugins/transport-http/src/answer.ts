import type { ServerResponse } from 'node:http';
import type { Message, Settlement } from '@waybill/contract';
import { errors } from './errors.ts';
import type { Refusal } from './refusal.ts';

type Headers = Record<string, string | number>;

/** Answers are for the sender alone, and for nobody to guess at. */
const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

interface Stored {
  readonly id: string;
  readonly address: () => string;
}

/** Tells the sender what became of the message. `address` is where its state can be asked for. */
export function answer(response: ServerResponse, settlement: Settlement, stored: Stored): void {
  const { reply } = settlement;
  switch (settlement.outcome) {
    case 'accepted':
      if (settlement.stored) return sendStored(response, stored);
      if (reply) return sendReply(response, 200, reply);
      response.writeHead(204, { 'cache-control': 'no-store' });
      response.end();
      return;
    case 'retry': {
      const seconds = Math.max(1, Math.ceil(settlement.after / 1_000));
      const headers = { 'retry-after': String(seconds) };
      return reply ? sendReply(response, 503, reply, headers) : sendProblem(response, 503, settlement.code, settlement.reason, headers);
    }
    case 'rejected': {
      const status = statusOf(settlement.code);
      return reply ? sendReply(response, status, reply) : sendProblem(response, status, settlement.code, settlement.reason, {});
    }
  }
}

/** Answers a request whose message nobody has seen. `end` writes the body, the last thing that is written. */
export function refuse(response: ServerResponse, { status, code, headers = {} }: Refusal, end?: (body: Uint8Array) => void): void {
  sendProblem(response, status, code, errors[code].means, headers, end);
}

export function sendJson(response: ServerResponse, status: number, value: unknown, headers: Headers = {}): void {
  send(response, status, 'application/json', Buffer.from(JSON.stringify(value)), headers);
}

/**
 * The status of a message that was rejected: 403 when its sender may not send it, 400 when it cannot be read as any
 * message that is known, 422 for everything else. Never 5xx: sending the same again does not help.
 */
export function statusOf(code: string): number {
  if (code.startsWith('WB_AUTH_')) return 403;
  if (/^WB_(XML|RECORD|RECORDS)_/.test(code) || code === 'WB_MESSAGE_UNRECOGNISED') return 400;
  return 422;
}

function sendStored(response: ServerResponse, { id, address }: Stored): void {
  const location = address();
  sendJson(response, 202, { id, state: 'stored', address: location }, { location });
}

function sendReply(response: ServerResponse, status: number, reply: Message, headers: Headers = {}): void {
  const type = reply.contentType !== undefined && isHeaderValue(reply.contentType) ? reply.contentType : 'application/octet-stream';
  send(response, status, type, reply.body, headers);
}

/** RFC 9457. `code` is ours; the words are those of the error, which hold neither secrets nor bodies. */
function sendProblem(
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
  headers: Headers,
  end?: (body: Uint8Array) => void,
): void {
  const problem = { type: 'about:blank', title: code, status, code, detail };
  send(response, status, 'application/problem+json', Buffer.from(JSON.stringify(problem)), headers, end);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array,
  headers: Headers,
  end: (body: Uint8Array) => void = (last) => response.end(last),
): void {
  response.writeHead(status, { ...always, 'content-type': type, 'content-length': body.byteLength, ...headers });
  end(body);
}

/** What may stand in a header: visible characters and blanks of Latin-1, nothing that could end the line. */
export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
