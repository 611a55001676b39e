// For those who host plugins: the kernel, the program and the suites.
export * from './card.ts';
export type { CardSchemas, JsonSchema } from './card-schemas.ts';
export * from './journal/keys.ts';
export * from './journal/replaying.ts';
export * from './message/recipient-state.ts';
export { contractVersion, type DefinitionKind, isDefinition, type PluginKind } from './plugin.ts';
export * from './settings/settings.ts';
export * from './settings/tagged.ts';
export { reservedInboundKeys, reservedOutboundKeys } from './transport/reserved.ts';
