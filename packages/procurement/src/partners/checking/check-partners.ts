import type { Identity } from '@waybill/commerce';
import { isOciField } from '../../oci/fields.ts';
import { profileNamed, profiles } from '../../profiles/profiles.ts';
import { defaultProfile } from '../buyer.ts';
import { identityKey } from '../identities.ts';
import {
  type BuyerSpec,
  buyerSettings,
  type LogonSpec,
  type PartnersSpec,
  partnersSettings,
  type SenderSpec,
  senderSettings,
} from '../partner-settings.ts';
import { isOrigin, isReturnHost } from '../return-address.ts';
import { isDigestOfDummy, isDummy, mostSecrets } from '../secrets.ts';
import { type Mistake, mistakesIn, pathOf } from './check-shape.ts';

/** Every mistake of a declaration of partners. With a directory, senders may speak for buyers that only the directory knows. */
export function mistakesOfPartners(spec: PartnersSpec, hasDirectory: boolean): readonly Mistake[] {
  const shape = mistakesIn(partnersSettings, spec);
  if (shape.length > 0) return shape;
  const { supplier, senders = {}, buyers } = spec;
  const known = (name: string): boolean => hasDirectory || Object.hasOwn(buyers, name);
  return [
    ...twins([['supplier', supplier.identities]]),
    ...Object.entries(senders).flatMap(([name, each]) => senderMistakes(each, pathOf('senders', name), known)),
    ...twins(Object.entries(senders).map(([name, each]) => [pathOf('senders', name), each.identities])),
    ...Object.entries(buyers).flatMap(([name, each]) => buyerMistakes(each, pathOf('buyers', name))),
    ...twins(Object.entries(buyers).map(([name, each]) => [pathOf('buyers', name), each.identities ?? []])),
    ...twinLogons(buyers),
  ];
}

/** The mistakes of one sender or buyer that a directory has found. */
export function mistakesOfSender(name: string, spec: SenderSpec): readonly Mistake[] {
  const shape = mistakesIn(senderSettings, spec, pathOf('senders', name));
  return shape.length > 0 ? shape : senderMistakes(spec, pathOf('senders', name), () => true);
}

export function mistakesOfBuyer(name: string, spec: BuyerSpec): readonly Mistake[] {
  const shape = mistakesIn(buyerSettings, spec, pathOf('buyers', name));
  return shape.length > 0 ? shape : buyerMistakes(spec, pathOf('buyers', name));
}

function senderMistakes(spec: SenderSpec, at: string, known: (buyer: string) => boolean): readonly Mistake[] {
  const { secrets = [], secretDigests = [], knownAs, knownAt } = spec;
  const proves = secrets.length + secretDigests.length > 0 || knownAs || knownAt;
  const what = 'has no secret, and nothing else that proves who it is: give `secrets`, `secretDigests`, `knownAs` or `knownAt`';
  return [
    ...(proves ? [] : [{ at, what }]),
    ...secretMistakes(secrets, secretDigests, at, ['secrets', 'secretDigests']),
    ...spec.speaksFor.flatMap((buyer, index) =>
      known(buyer) ? [] : [{ at: `${at}.speaksFor[${index}]`, what: 'is no buyer that is declared' }],
    ),
  ];
}

function secretMistakes(
  secrets: readonly string[],
  digests: readonly string[],
  at: string,
  [clear, hashed]: readonly [string, string],
): readonly Mistake[] {
  const mistake = (secret: string): string | undefined => {
    if (isDummy(secret)) return 'is what systems send that have no secret: it can never be one';
    return secret.trim() === secret ? undefined : 'has a blank or a line end at its beginning or end';
  };
  const digestMistake = (digest: string): string | undefined =>
    isDigestOfDummy(digest) ? 'is the digest of what systems send that have no secret' : undefined;
  return [
    ...found(secrets.map(mistake), `${at}.${clear}`),
    ...found(digests.map(digestMistake), `${at}.${hashed}`),
    ...(secrets.length + digests.length > mostSecrets ? [{ at: `${at}.${hashed}`, what: `makes more than ${mostSecrets} secrets` }] : []),
  ];
}

function found(mistakes: readonly (string | undefined)[], at: string): readonly Mistake[] {
  return mistakes.flatMap((what, index) => (what === undefined ? [] : [{ at: `${at}[${index}]`, what }]));
}

function buyerMistakes(spec: BuyerSpec, at: string): readonly Mistake[] {
  const { identities, logon, returnHosts = [], frameAncestors = [] } = spec;
  return [
    ...(identities || logon ? [] : [{ at, what: 'has neither `identities` nor a `logon`: nobody could ever be it' }]),
    ...profileMistakes(spec, at),
    ...found(
      returnHosts.map((host) => (isReturnHost(host) ? undefined : 'is no host as it stands in an address: no scheme, no path, no pattern')),
      `${at}.returnHosts`,
    ),
    ...found(
      frameAncestors.map((origin) =>
        isOrigin(origin) ? undefined : 'is no origin such as https://buy.example: https, a host, nothing behind it',
      ),
      `${at}.frameAncestors`,
    ),
    ...(logon ? logonMistakes(logon, `${at}.logon`) : []),
  ];
}

function profileMistakes(spec: BuyerSpec, at: string): readonly Mistake[] {
  const profile = profileNamed(spec.profile ?? defaultProfile(spec));
  if (!profile) return [{ at: `${at}.profile`, what: `is not one of ${profiles.map(({ name }) => name).join(', ')}` }];
  const unknown = Object.keys(spec.quirks ?? {}).filter((name) => !profile.quirks.some((quirk) => quirk.name === name));
  const needs = profile.protocol === 'oci' ? 'logon' : 'identities';
  return [
    ...unknown.map((name) => ({ at: pathOf(`${at}.quirks`, name), what: `is no quirk of the profile ${profile.name}` })),
    ...(spec[needs] ? [] : [{ at, what: `has the profile ${profile.name}, for which it needs \`${needs}\`` }]),
  ];
}

function logonMistakes(logon: LogonSpec, at: string): readonly Mistake[] {
  const { passwords = [], passwordDigests = [], fields = {}, constants = {} } = logon;
  const wrongField = (field: string, path: string): readonly Mistake[] =>
    isOciField(field) ? [] : [{ at: path, what: 'is no field of OCI' }];
  return [
    ...(passwords.length + passwordDigests.length > 0 ? [] : [{ at, what: 'has no password: give `passwords` or `passwordDigests`' }]),
    ...secretMistakes(passwords, passwordDigests, at, ['passwords', 'passwordDigests']),
    ...Object.entries(fields).flatMap(([name, field]) => wrongField(field, pathOf(`${at}.fields`, name))),
    ...Object.keys(constants).flatMap((field) => wrongField(field, pathOf(`${at}.constants`, field))),
  ];
}

/** Identities that two have: nobody could tell them apart. */
function twins(parties: readonly (readonly [at: string, identities: readonly Identity[]])[]): readonly Mistake[] {
  const seen = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const [party, identities] of parties) {
    for (const [index, identity] of identities.entries()) {
      const at = `${party}.identities[${index}]`;
      const first = seen.get(identityKey(identity));
      if (first === undefined) seen.set(identityKey(identity), at);
      else mistakes.push({ at, what: `is the same as ${first}` });
    }
  }
  return mistakes;
}

function twinLogons(buyers: Readonly<Record<string, BuyerSpec>>): readonly Mistake[] {
  const seen = new Map<string, string>();
  return Object.entries(buyers).flatMap(([name, { logon }]) => {
    if (!logon) return [];
    const at = `${pathOf('buyers', name)}.logon.user`;
    const key = JSON.stringify([(logon.userField ?? 'USERNAME').toLowerCase(), logon.user]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    return first === undefined ? [] : [{ at, what: `is the same as ${first}` }];
  });
}
