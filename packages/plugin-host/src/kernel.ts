// For the kernel, which runs what is loaded. It may change with every version.
export { backoff, policyFor, reopenPolicy } from './calling/backoff.ts';
export {
  asCommandError,
  asTransportError,
  callApplication,
  callPack,
  callPlugin,
  composeMessage,
  composeReply,
  composeReplyToUnknown,
  Deadlines,
} from './calling/call-plugin.ts';
export { Connection, type ConnectionState, type ConnectionUse } from './calling/connection.ts';
export { Latch } from './calling/latch.ts';
export { Lifetime } from './calling/lifetime.ts';
export { plain } from './calling/plain.ts';
export { faultIn, merged, nextOnes } from './calling/recipients.ts';
export { ReplySide } from './calling/reply-side.ts';
export { type SendingContext, SendingSide, type Side } from './calling/sending-side.ts';
export { type Loaded, type LoadOptions, load } from './loading/load.ts';
export { refuseUnknownEncodings, refuseUnserved } from './loading/plugins.ts';
export { checkRouteKeys } from './loading/route-keys.ts';
export { startApplication, stopApplication } from './loading/start-application.ts';
export { errorFields, harmlessLog, masker } from './log.ts';
export type { Finishing } from './packs/finishing.ts';
export { Readable } from './packs/readable.ts';
export { type KnownCommand, type KnownType, Registry, refuseWrong } from './packs/registry.ts';
export { routesWhen, takesEvent } from './packs/routes-when.ts';
export type { Taking } from './packs/taking.ts';
export { failureOf } from './reason.ts';
export { Rounds } from './rounds.ts';
export { withoutTagged } from './tagged-text.ts';
export { type EntryTally, Tallies } from './tallies.ts';
