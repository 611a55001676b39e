import type { MessagePort } from 'node:worker_threads';
import type { FailureFacts } from './fault.ts';

/** What both sides of the thread border say to each other. Everything is copied on its way: plain values, bodies as bytes. */

/** What the thread itself is told: to serve another file. `null` instead of it: the thread is to end. */
export interface Opening {
  /** The address of the module that has the service. */
  readonly entry: string;
  readonly data: { readonly path: string };
  /** Through which the service and its link speak from then on. */
  readonly port: MessagePort;
}

/** What is handed to a service in one piece; `null` instead of it: the service is to end. */
export interface Batch {
  /** The number of the first call; the others follow it. */
  readonly first: number;
  /** The operations that are called; `names` and `args` belong together by their places. */
  readonly names: readonly string[];
  readonly args: readonly (readonly unknown[])[];
  /** Numbers of earlier calls that need not wait any longer: they are answered with `undefined`. */
  readonly cancelled: readonly number[];
  /** What the large bodies in `args` lie in. The service frees it with its answers: left to the garbage, as much as a body a second stays there unseen. */
  readonly handedOver: readonly ArrayBuffer[];
}

/** The answers to some calls. `numbers` and `values` belong together by their places. */
export interface Answers {
  readonly numbers: readonly number[];
  readonly values: readonly unknown[];
  /** Places in `numbers` of the calls that failed. */
  readonly failures: readonly (readonly [place: number, facts: FailureFacts])[];
}

/** `batches` of those in the hands of the service are done with. */
export interface ServiceAnswer extends Answers {
  readonly batches: number;
}

/** The first thing that a service says: what its user wants to tell of the opening, or why it could not be done. */
export type Greeting = { readonly opened: unknown } | { readonly failure: FailureFacts };

/** The last thing that a service says when an error of its own has ended it. */
export interface ServiceEnd {
  readonly ended: string;
}

export type Said = Greeting | ServiceAnswer | ServiceEnd;

/** The operation that every service has: ends all claims of this opening. */
export const leave = 'leave';

/** The arguments of an operation. */
export type ArgsOf<Operations, Name extends keyof Operations> = Operations[Name] extends (...args: infer Args) => unknown ? Args : never;
/** The answer of an operation. */
export type AnswerOf<Operations, Name extends keyof Operations> = Operations[Name] extends (...args: never[]) => infer Answer
  ? Answer
  : never;
