export { type Clock, systemClock } from './clock.ts';
export { errors } from './errors.ts';
export { createKernel, Kernel, type KernelOptions } from './kernel.ts';
export { createLog, type LogLevel, type LogOptions } from './log.ts';
export type { Observation, Observer, Outcome } from './observe.ts';
export type { Parked } from './parked.ts';
export { type LoadedPlugins, loadApplication, loadPlugins } from './plugins.ts';
export { type ProbedConnection, type ProbeOptions, probeConnections } from './probe.ts';
export type { KernelState, KernelStatus } from './status.ts';
