// For those who host plugins: the kernel, the program and the suites.
export * from './card.ts';
export { contractVersion, type DefinitionKind, isDefinition, type PluginKind } from './plugin.ts';
export { reservedInboundKeys, reservedOutboundKeys } from './reserved.ts';
export * from './settings.ts';
export * from './tagged.ts';
