// For those who write applications: handlers, what they publish, and the errors that they raise.
export * from './application.ts';
export * from './command.ts';
export type { Principal } from './delivery.ts';
export { CommandError, type ErrorOptions } from './errors.ts';
export type { BusinessKeys } from './journal/rows.ts';
export type { Log } from './log.ts';
export type { Credentials } from './message-pack.ts';
export { messageReported } from './message-reported.ts';
export { personal, type Static, secret, Type } from './schema.ts';
export type { Receipt } from './sender.ts';
