/**
 * What a handle was doing. `commit`: nobody can tell whether the unit is committed, unless the reason says so. `host`: its process ended
 * before it committed anything.
 */
export type MqVerb = 'load' | 'connect' | 'open' | 'get' | 'put' | 'commit' | 'backout' | 'inquire' | 'host';

/** Something that a handle could not do. Stays inside this package: `errorOf` makes an error of ours of it. */
export class MqFailure extends Error {
  readonly verb: MqVerb;
  /** MQ's reason code; 0 where the reason is not MQ's. */
  readonly reason: number;
  /** Of a put: which of several. */
  readonly place: number;

  constructor(verb: MqVerb, reason: number, detail: string, place = 0) {
    super(detail);
    this.name = 'MqFailure';
    this.verb = verb;
    this.reason = reason;
    this.place = place;
  }
}
