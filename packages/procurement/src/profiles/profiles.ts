import { ariba } from './ariba.ts';
import { coupa } from './coupa.ts';
import { generic, genericOci, genericPlatform } from './generic.ts';
import { jaggaer } from './jaggaer.ts';
import { oracleEbs, oracleFusion, oracleNetwork } from './oracle.ts';
import type { Platform, PlatformSettings } from './platform.ts';
import type { Profile, Quirk } from './profile.ts';
import { sapS4hana, sapSrm } from './sap.ts';
import { birchstreet, powerschool } from './smaller.ts';
import { workday } from './workday.ts';

/** Every profile that a buyer can name. */
export const profiles: readonly Profile[] = [
  generic,
  ariba,
  coupa,
  jaggaer,
  oracleNetwork,
  oracleFusion,
  oracleEbs,
  workday,
  birchstreet,
  powerschool,
  genericOci,
  sapSrm,
  sapS4hana,
];

export function profileNamed(name: string): Profile | undefined {
  return profiles.find((each) => each.name === name);
}

/**
 * The settings of a buyer: what is generally safe, then what the quirks of its profile set that are not switched off (`quirks: { 'ariba-base64': false }`),
 * then its own. Limits and names of parameters are merged one by one.
 */
export function platformOf(profile: Profile, own: PlatformSettings, quirks: Readonly<Record<string, boolean>> = {}): Platform {
  const counts = ({ name }: Quirk): boolean => quirks[name] !== false;
  return [...profile.quirks.filter(counts).map(({ sets }) => sets ?? {}), own].reduce<Platform>(merged, genericPlatform);
}

function merged(below: Platform, above: PlatformSettings): Platform {
  const given = Object.fromEntries(Object.entries(above).filter(([, value]) => value !== undefined));
  return {
    ...below,
    ...given,
    limits: { ...below.limits, ...above.limits },
    parameters: { ...below.parameters, ...above.parameters },
  };
}
