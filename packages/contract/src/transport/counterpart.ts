import type { Static, TObject } from 'typebox';

/** An entry of the other side: the settings of its connection and of its endpoint, as a manifest has them (durations and sizes with their units). */
export interface CounterpartEntry {
  readonly connection: Readonly<Record<string, unknown>>;
  readonly endpoint: Readonly<Record<string, unknown>>;
}

/** Why nobody can play the other side of an entry, as the end of a sentence. */
export interface NoCounterpart {
  readonly impossible: string;
}

/**
 * How an entry looks from the other side of the wire, for `waybill simulate`, which plays that side by this same transport: what is sent has to
 * come in there, and what comes in has to be sent. Called with the settings of the connection and of the entry; reaches nothing.
 */
export type CounterpartOf<Config extends TObject, Endpoint extends TObject> = (
  connection: Static<Config>,
  endpoint: Static<Endpoint>,
) => CounterpartEntry | NoCounterpart;
