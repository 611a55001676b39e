/**
 * The version of the contract between the kernel and its plugins. It is an integer of its own, independent of package
 * versions: it grows only when a plugin written for the previous one would no longer work.
 */
export const contractVersion = 1;

/** What a plugin can be. */
export type PluginKind = 'transport' | 'message-pack' | 'journal';

/** The brand that every definition carries. Registered globally, so that two copies of this package recognise each other's. */
const brand = Symbol.for('waybill.definition');

export type DefinitionKind = PluginKind | 'command' | 'event' | 'application';

export interface Branded<Kind extends DefinitionKind> {
  readonly kind: Kind;
  /** The contract version that the definition was written for. */
  readonly contract: number;
}

/** Marks `spec` as a definition of `kind` and freezes it. */
export function branded<Kind extends DefinitionKind, Spec extends object>(kind: Kind, spec: Spec): Spec & Branded<Kind> {
  const definition = { ...spec, kind, contract: contractVersion };
  Object.defineProperty(definition, brand, { value: kind });
  return Object.freeze(definition);
}

/** Tells whether `value` was made by a `define…()` function of any copy of this package. */
export function isDefinition<Kind extends DefinitionKind>(value: unknown, kind: Kind): value is Branded<Kind> {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === kind;
}
