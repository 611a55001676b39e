import type { MQError } from 'ibmmq';

/** A call that has failed, in a form that travels between processes. */
export class Failure extends Error {
  readonly reason: number;

  constructor({ mqrc, mqrcstr, verb }: Pick<MQError, 'mqrcstr' | 'verb'> & { readonly mqrc: number }) {
    super(`${verb}: ${mqrcstr}`);
    this.reason = mqrc;
  }
}
