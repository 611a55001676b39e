import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { definePartners, type PartnersSpec } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The message about a declaration in which other values stand at some paths; empty where it is taken. */
function mistakes(...changes: readonly (readonly [path: string, value: unknown])[]): string {
  const spec: unknown = structuredClone(partnersSpec);
  for (const [path, value] of changes) put(spec as Tree, path.split('.'), value);
  try {
    definePartners(spec as PartnersSpec);
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string };
    return code === 'WB_PARTNERS_WRONG' ? message : String(error);
  }
  return '';
}

interface Tree {
  [key: string]: Tree;
}

function put(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value as Tree;
  else put(tree[key] as Tree, rest, value);
}

describe('a declaration of partners', () => {
  it('is taken when it is right', () => {
    expect(mistakes()).toBe('');
  });

  it.each<[string, string, unknown, string]>([
    ['a word that is not known', 'buyers.meadow.frameAncestor', [], 'buyers.meadow.frameAncestor is not known'],
    ['a list that is none', 'buyers.meadow.returnHosts', 'buy.meadow.example', 'buyers.meadow.returnHosts is not a list'],
    ['a number that is too small', 'buyers.meadow.limits', { partId: 0 }, 'buyers.meadow.limits.partId is not between 1 and 100000'],
    ['a word out of place', 'buyers.meadow.form', 'base64', 'buyers.meadow.form is not one of cxml-urlencoded, cxml-base64'],
    ['a version that is none', 'buyers.meadow.version', '1.2', 'buyers.meadow.version is not of the form'],
    ['no supplier', 'supplier', undefined, 'supplier is missing'],
    ['a supplier without names', 'supplier.identities', [], 'supplier.identities is empty'],
    ['a sender without any proof', 'senders.hub.secrets', undefined, 'senders.hub has no secret, and nothing else that proves who it is'],
    ['the secret none', 'senders.hub.secrets', ['None'], 'senders.hub.secrets[0] is what systems send that have no secret'],
    ['a secret of blanks', 'senders.hub.secrets', ['good', '  '], 'senders.hub.secrets[1] is what systems send that have no secret'],
    ['an empty secret', 'senders.hub.secrets', [''], 'senders.hub.secrets[0] is empty'],
    [
      'the digest of none',
      'senders.hub.secretDigests',
      [sha256('none')],
      'senders.hub.secretDigests[0] is the digest of what systems send',
    ],
    ['the digest of nothing', 'senders.hub.secretDigests', [sha256('')], 'senders.hub.secretDigests[0] is the digest of what systems send'],
    [
      'a secret with a line end',
      'senders.hub.secrets',
      ['from a file\n'],
      'senders.hub.secrets[0] has a blank or a line end at its beginning or end',
    ],
    ['five secrets', 'senders.hub.secretDigests', ['a', 'b', 'c', 'd'].map(sha256), 'senders.hub.secretDigests makes more than 4 secrets'],
    [
      'a sender for a buyer that is not there',
      'senders.hub.speaksFor',
      ['ridge', 'fen'],
      'senders.hub.speaksFor[1] is no buyer that is declared',
    ],
    [
      'two senders of one name',
      'senders.basic.identities',
      [{ domain: 'NETWORKID', identity: 'AN01-MEADOW' }],
      'is the same as senders.meadow.identities[0]',
    ],
    [
      'two buyers of one name',
      'buyers.fern.identities',
      [{ domain: 'NetworkID', identity: 'AN01-RIDGE' }],
      'buyers.fern.identities[0] is the same as buyers.ridge.identities[0]',
    ],
    [
      'two logons of one user',
      'buyers.weir.logon',
      { ...partnersSpec.buyers.mill.logon, userField: 'username' },
      'buyers.weir.logon.user is the same as buyers.mill.logon.user',
    ],
    ['a profile that is not there', 'buyers.meadow.profile', 'aribba', 'buyers.meadow.profile is not one of generic, ariba'],
    [
      'a quirk of another profile',
      'buyers.fern.quirks',
      { 'ariba-bytes': false },
      'buyers.fern.quirks.ariba-bytes is no quirk of the profile jaggaer',
    ],
    ['an OCI profile without logon', 'buyers.fern.profile', 'sap-srm', 'buyers.fern has the profile sap-srm, for which it needs `logon`'],
    ['a buyer that nobody can be', 'buyers.fern.identities', undefined, 'buyers.fern has neither `identities` nor a `logon`'],
    ['a logon without password', 'buyers.mill.logon.passwords', undefined, 'buyers.mill.logon has no password'],
    [
      'the password none',
      'buyers.mill.logon.passwords',
      ['NONE'],
      'buyers.mill.logon.passwords[0] is what systems send that have no secret',
    ],
    [
      'a field that OCI does not have',
      'buyers.mill.logon.fields',
      { Project: 'CUSTFIELD1' },
      'buyers.mill.logon.fields.Project is no field of OCI',
    ],
    ['a host with a scheme', 'buyers.meadow.returnHosts', ['https://buy.meadow.example'], 'buyers.meadow.returnHosts[0] is no host'],
    ['a host with a pattern', 'buyers.meadow.returnHosts', ['*.meadow.example'], 'buyers.meadow.returnHosts[0] is no host'],
    ['a host with a path', 'buyers.meadow.returnHosts', ['buy.meadow.example/x'], 'buyers.meadow.returnHosts[0] is no host'],
    ['a host with a user', 'buyers.meadow.returnHosts', ['x@buy.meadow.example'], 'buyers.meadow.returnHosts[0] is no host'],
    ['a frame of any page', 'buyers.meadow.frameAncestors', ['*'], 'buyers.meadow.frameAncestors[0] is no origin'],
    ['a frame without TLS', 'buyers.meadow.frameAncestors', ['http://buy.meadow.example'], 'buyers.meadow.frameAncestors[0] is no origin'],
    [
      'a frame with a further rule',
      'buyers.meadow.frameAncestors',
      ['https://a.example; script-src *'],
      'buyers.meadow.frameAncestors[0] is no origin',
    ],
  ])('is refused with its path: %s', (_what, path, value, expected) => {
    expect(mistakes([path, value])).toContain(expected);
  });

  it('may name hosts of this machine without TLS', () => {
    expect(mistakes(['buyers.meadow.frameAncestors', ['http://localhost:8081']], ['buyers.meadow.returnHosts', ['localhost:8081']])).toBe(
      '',
    );
  });

  it('is refused with all of its mistakes at once', () => {
    const message = mistakes(['senders.hub.secrets', ['none']], ['buyers.meadow.returnHosts', ['*']], ['buyers.fern.profile', 'nothing']);
    expect(message).toContain('senders.hub.secrets[0]');
    expect(message).toContain('buyers.meadow.returnHosts[0]');
    expect(message).toContain('buyers.fern.profile');
  });

  it('is refused without showing a secret', () => {
    expect(mistakes(['senders.hub.secrets', [' very secret ']])).not.toContain('very secret');
  });
});
