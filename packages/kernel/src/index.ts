export { defineManifest, type Manifest, type PluginSettings } from '@waybill/manifest';
export { type Clock, createLog, type LogLevel, type LogOptions, systemClock } from '@waybill/plugin-host';
export { type ConnectionState } from '@waybill/plugin-host/kernel';
export type { KernelDesk } from './desk/kernel-desk.ts';
export type { InboundStatus, KernelOverview, KernelState, KernelStatus, OutboundStatus, StrandedEntry } from './desk/status.ts';
export { commandErrors, errors, messageErrors, transportErrors } from './errors.ts';
export type { JournalHealth } from './journal-keeper.ts';
export { createKernel, Kernel, type KernelOptions } from './kernel.ts';
export type { Observation, Observer, Outcome } from './observe.ts';
