// For those who write applications: handlers, what they publish, and the errors that they throw.
export * from './application/application.ts';
export * from './application/command.ts';
export { messageReported } from './application/message-reported.ts';
export { CommandError, type ErrorOptions } from './errors.ts';
export type { BusinessKeys } from './journal/rows.ts';
export type { Log } from './log.ts';
export type { Credentials } from './message-pack.ts';
export { personal, type Static, secret, Type } from './settings/schema.ts';
export type { Principal } from './transport/delivery.ts';
export type { Receipt } from './transport/sender.ts';
