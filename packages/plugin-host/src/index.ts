// For tools: to try what a manifest needs, and to look at plugins and messages without moving any.
export { type Clock, systemClock } from './calling/clock.ts';
export { applicationErrors, loadErrors, logErrors, packErrors, pluginErrors } from './errors.ts';
export { loadMessageFiles, meaningsOf, readerOf } from './loading/message-files.ts';
export { givenPlugins, type LoadedPlugins, loadApplication, loadPlugins } from './loading/plugins.ts';
export { type Probed, type ProbedKind, type ProbeOptions, probeManifest } from './loading/probe.ts';
export { createLog, type LogLevel, type LogOptions } from './log.ts';
export { type Inspected, type InspectOptions, inspectMessage } from './packs/inspect.ts';
export { looksLike } from './packs/looks-like.ts';
export { type Check, checkFor } from './packs/validation.ts';
