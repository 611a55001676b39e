/**
 * What is to be done about a reason of MQ.
 *
 * - gone: the connection is of no use any more.
 * - quiescing: the queue manager ends in an orderly way; come back later.
 * - closed: a queue gives or takes nothing for a while.
 * - forbidden: this user may not.
 * - configuration: the settings name what is not there or does not fit.
 * - message: this message cannot go there.
 * - limit: a limit of the queue manager, or of ours.
 * - backed-out: the unit was backed out.
 */
export type ReasonGroup = 'gone' | 'quiescing' | 'closed' | 'forbidden' | 'configuration' | 'message' | 'limit' | 'backed-out';

interface Reason {
  readonly group: ReasonGroup;
  readonly words: string;
}

const inGroup = (group: ReasonGroup, reasons: Readonly<Record<number, string>>): readonly (readonly [number, Reason])[] =>
  Object.entries(reasons).map(([reason, words]) => [Number(reason), { group, words }]);

/** Every reason that something is done about, in words of ours. */
const reasons: ReadonlyMap<number, Reason> = new Map([
  ...inGroup('gone', {
    2009: 'the connection is broken',
    2018: 'the connection is not valid any more',
    2019: 'the queue is not open any more',
    2059: 'the queue manager does not run',
    2162: 'the queue manager is stopping',
    2195: 'the client met an unexpected error',
    2203: 'the connection is being stopped',
    2223: 'the queue manager is not active',
    2273: 'an error ended the attempt to connect',
    2279: 'the server connection was stopped',
    2283: 'the attempt to connect was ended by an exit',
    2537: 'the server connection is not available',
    2538: 'nobody answers at the host',
    2543: 'the queue manager is only a standby instance',
    2548: 'connecting again has failed',
    2549: 'the call was interrupted',
    2556: 'an exit cannot be loaded',
    2601: 'the list of server connections could not be fetched',
  }),
  ...inGroup('quiescing', { 2161: 'the queue manager is quiescing', 2202: 'the connection is quiescing' }),
  ...inGroup('closed', {
    2016: 'getting is inhibited',
    2042: 'somebody else has the queue open alone',
    2051: 'putting is inhibited',
    2053: 'the queue is full',
    2056: 'there is no space on the disk of the queue',
    2192: 'the storage of the queue is full',
    2494: 'getting was inhibited',
  }),
  ...inGroup('forbidden', { 2035: 'this user is not authorized' }),
  ...inGroup('configuration', {
    2058: 'there is no queue manager of that name',
    2063: 'the security of the connection has failed',
    2082: 'the alias names a queue that is not there',
    2085: 'there is no queue of that name',
    2087: 'there is no way to that queue manager',
    2381: 'the key repository is missing',
    2393: 'TLS could not be set up: cipher or certificate do not fit',
    2397: 'TLS is not set up right',
    2398: 'the name in the certificate does not fit',
    2539: 'the server connection is not set up right',
    2540: 'there is no server connection of that name',
    2594: 'the password could not be protected as the connection asks',
    2600: 'the list of server connections cannot be read',
  }),
  ...inGroup('message', {
    2010: 'the message is larger than the connection allows',
    2013: 'the expiry is not valid',
    2027: 'the queue for the reply is missing',
    2030: 'the message is larger than the queue allows',
    2031: 'the message is larger than the queue manager allows',
    2048: 'the queue holds no persistent messages',
    2052: 'the queue is gone',
  }),
  ...inGroup('limit', {
    2017: 'there are too many open queues',
    2024: 'there are too many messages in one unit of work',
    2025: 'there are too many connections',
    2219: 'another call is under way',
    2500: 'the connection is used in another way',
  }),
  ...inGroup('backed-out', { 2003: 'the unit of work was backed out' }),
]);

/** Undefined for a reason that is not met in ordinary use. */
export function groupOf(reason: number): ReasonGroup | undefined {
  return reasons.get(reason)?.group;
}

/** For people: the words and the number. */
export function wordsFor(reason: number): string {
  const known = reasons.get(reason);
  return known ? `${known.words} (reason ${reason})` : `reason ${reason}`;
}
