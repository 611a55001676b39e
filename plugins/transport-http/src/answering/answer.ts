import type { ServerResponse } from 'node:http';
import type { Fault, FaultKind, Message, Settlement } from '@waybill/contract';
import { isHeaderValue } from '../header-value.ts';
import type { ProblemDetails } from './problem.ts';

type Headers = Readonly<Record<string, string | number>>;

/** Answers are for the sender alone, and browsers must not guess what they are. */
const headersOfAll = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** The status of a rejected message, by the kind of its fault. A fault may pass where the status is 503, or 409 with retry-after. */
const statusOfKind: Readonly<Record<FaultKind, number>> = {
  unreadable: 400,
  unknown: 400,
  forbidden: 403,
  invalid: 422,
  conflict: 409,
  unavailable: 503,
};

/** After how many seconds the sender may try again, where nothing else tells it. */
const unlessSaid = 60;

/** A message that is in the journal of the kernel. */
export interface StoredMessage {
  readonly id: string;
  /** Where its state can be asked for. */
  readonly address: string;
}

/** A message that somebody has looked at. */
export type Decided = Exclude<Settlement, { readonly outcome: 'released' }>;

/** Writes the body, the last thing that is written. */
export type End = (body: Uint8Array) => void;

export interface Answering {
  /** Tells where a stored message can be asked for. */
  readonly stored: (id: string) => StoredMessage;
  /** A reply tells of a failure by itself, and is answered with 200. */
  readonly always: boolean;
  readonly end?: End | undefined;
}

/** Tells the sender what became of the message. */
export function answer(response: ServerResponse, settlement: Decided, { stored, always, end }: Answering): void {
  const { reply } = settlement;
  if (reply && always) return answerReply(response, 200, reply, {}, end);
  switch (settlement.outcome) {
    case 'accepted':
      if (settlement.stored) return answerStored(response, settlement.id === undefined ? undefined : stored(settlement.id));
      return reply ? answerReply(response, 200, reply) : answerNothing(response);
    case 'retry': {
      const { fault, after } = settlement;
      return answerFault(response, fault.kind === 'conflict' ? 409 : 503, fault, reply, Math.ceil(after / 1_000));
    }
    case 'rejected': {
      const { fault } = settlement;
      return answerFault(response, statusOfKind[fault.kind], fault, reply, fault.kind === 'unavailable' ? unlessSaid : undefined);
    }
  }
}

export function answerProblem(response: ServerResponse, problem: ProblemDetails, end?: End): void {
  write(response, problem.status, 'application/problem+json', bodyOf(problem), problem.headers ?? {}, end);
}

export function bodyOf({ status, code, detail }: ProblemDetails): Uint8Array {
  return Buffer.from(JSON.stringify({ type: 'about:blank', title: code, status, code, detail }));
}

export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Headers = {}): void {
  write(response, status, 'application/json', Buffer.from(JSON.stringify(value)), headers);
}

function answerNothing(response: ServerResponse): void {
  response.writeHead(204, { 'cache-control': 'no-store' });
  response.end();
}

function answerStored(response: ServerResponse, stored: StoredMessage | undefined): void {
  if (!stored) return answerJson(response, 202, { state: 'stored' });
  const { id, address } = stored;
  answerJson(response, 202, { id, state: 'stored', address }, { location: address });
}

/** `after`: in how many seconds the sender may come again; undefined: coming again is of no use. */
function answerFault(response: ServerResponse, status: number, fault: Fault, reply: Message | undefined, after: number | undefined): void {
  const headers = after === undefined ? undefined : { 'retry-after': String(Math.max(1, after)) };
  if (reply) answerReply(response, status, reply, headers);
  else answerProblem(response, { status, code: fault.code, detail: fault.reason, ...(headers ? { headers } : {}) });
}

function answerReply(response: ServerResponse, status: number, reply: Message, headers: Headers = {}, end?: End): void {
  const type = reply.contentType !== undefined && isHeaderValue(reply.contentType) ? reply.contentType : 'application/octet-stream';
  write(response, status, type, reply.body, headers, end);
}

function write(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array,
  headers: Headers,
  end: End = (last) => response.end(last),
): void {
  response.writeHead(status, { ...headersOfAll, 'content-type': type, 'content-length': body.byteLength, ...headers });
  end(body);
}
