import type { BusinessKeys, KeptMessage, Principal, ReadMessage, WaybillError } from '@waybill/contract';
import type { PackOptions } from '@waybill/manifest';
import type { KnownCommand, KnownType } from '@waybill/plugin-host/kernel';

/** Of a message whose packs have something to conceal. */
export interface Discreet {
  /** What is kept of it, if anything is; undefined: the message as it came. */
  readonly kept?: KeptMessage | undefined;
  /** Whom the application has recognised by what is not kept. Undefined: that is still to be asked. */
  readonly sender?: { readonly principal: Principal | undefined } | undefined;
}

/** A message that can be worked on. */
export interface Identified extends Discreet {
  /** What packs read and answer with. */
  readonly packs: PackOptions;
  readonly known: KnownType;
  readonly read: ReadMessage;
  readonly command: KnownCommand;
  readonly store: string | undefined;
  readonly orderKey: string | undefined;
  readonly businessKeys: BusinessKeys | undefined;
  readonly fault?: undefined;
}

/** A message that can not be worked on, with as much as could be found out. It has no order key: nothing waits for it. */
export interface Unidentified extends Discreet {
  readonly fault: WaybillError;
  readonly packs: PackOptions;
  readonly known?: KnownType | undefined;
  readonly read?: ReadMessage | undefined;
  readonly command?: KnownCommand | undefined;
  readonly store?: string | undefined;
  readonly orderKey?: undefined;
  readonly businessKeys?: BusinessKeys | undefined;
}

export type Identity = Identified | Unidentified;
