export { backoff, reopenPolicy } from './calling/backoff.ts';
export {
  asCommandError,
  asTransportError,
  callApplication,
  callPack,
  callPlugin,
  Deadlines,
  toMessage,
} from './calling/call-plugin.ts';
export { type Clock, systemClock } from './calling/clock.ts';
export { Connection, type ConnectionState, type ConnectionUse } from './calling/connection.ts';
export { Lifetime } from './calling/lifetime.ts';
export { ReplySide } from './calling/reply-side.ts';
export { type SendingContext, SendingSide, type Side } from './calling/sending-side.ts';
export { applicationErrors, loadErrors, packErrors, pluginErrors } from './errors.ts';
export { type Loaded, type LoadOptions, load } from './loading/load.ts';
export { givenPlugins, type LoadedPlugins, loadPlugins, refuseUnknownEncodings, refuseUnserved } from './loading/plugins.ts';
export { type Probed, type ProbedKind, type ProbeOptions, probeManifest } from './loading/probe.ts';
export { createLog, errorFields, type LogLevel, type LogOptions, masker } from './log.ts';
export { type Inspected, type InspectOptions, inspectMessage } from './packs/inspect.ts';
export { type KnownCommand, type KnownType, Readable, Registry } from './packs/registry.ts';
export { failureOf } from './reason.ts';
export { withoutTagged } from './tagged-text.ts';
