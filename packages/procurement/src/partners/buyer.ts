import type { Identity } from '@waybill/commerce';
import type { Platform } from '../profiles/platform.ts';
import { platformOf, profileNamed } from '../profiles/profiles.ts';
import type { BuyerSpec, LogonSpec } from './partner-settings.ts';
import { type SecretSet, secretSet } from './secrets.ts';

/** How an OCI call of a buyer logs on, and what its lines look like. */
export interface Logon {
  readonly user: string;
  readonly passwords: SecretSet;
  readonly userField: string;
  readonly passwordField: string;
  readonly hookField: string;
  readonly returnCharset: 'as-called' | 'UTF-8' | 'ISO-8859-1';
  /** Names of extrinsics and the OCI fields that they go to. */
  readonly fields: Readonly<Record<string, string>>;
  readonly constants: Readonly<Record<string, string>>;
}

/** A buyer with everything that its profile and its own settings say of it. */
export interface Buyer extends Platform {
  /** The name of the principal, and the `buyer` of events. */
  readonly name: string;
  readonly protocol: 'cxml' | 'oci';
  readonly profile: string;
  readonly identities: readonly Identity[];
  readonly logon: Logon | undefined;
  /** As they stand in addresses: lower case, with a port where it is not 443. */
  readonly returnHosts: readonly string[];
  readonly frameAncestors: readonly string[];
  /** Undefined: units are written as they are. */
  readonly units: Readonly<Record<string, string>> | undefined;
  readonly categories: Readonly<Record<string, string>>;
}

/** Fills in what the profile says. The spec has been checked. */
export function buyerFrom(name: string, spec: BuyerSpec): Buyer {
  const {
    profile: named,
    identities = [],
    logon,
    returnHosts = [],
    frameAncestors = [],
    units,
    categories = {},
    quirks = {},
    ...own
  } = spec;
  const profile = profileNamed(named ?? defaultProfile(spec));
  if (!profile) throw new TypeError(`There is no profile "${named}".`);
  return {
    ...platformOf(profile, own, quirks),
    name,
    protocol: profile.protocol,
    profile: profile.name,
    identities,
    logon: logon && logonFrom(logon),
    returnHosts: returnHosts.map((host) => host.toLowerCase()),
    frameAncestors,
    units,
    categories,
  };
}

/** The profile of a buyer that names none: what it says of itself shows the protocol. */
export function defaultProfile({ logon, identities }: BuyerSpec): string {
  return logon && !identities ? 'generic-oci' : 'generic';
}

function logonFrom(spec: LogonSpec): Logon {
  return {
    user: spec.user,
    passwords: secretSet(spec.passwords ?? [], spec.passwordDigests ?? []),
    userField: spec.userField ?? 'USERNAME',
    passwordField: spec.passwordField ?? 'PASSWORD',
    hookField: spec.hookField ?? 'HOOK_URL',
    returnCharset: spec.returnCharset ?? 'as-called',
    fields: spec.fields ?? {},
    constants: spec.constants ?? {},
  };
}
