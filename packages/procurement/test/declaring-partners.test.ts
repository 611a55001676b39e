import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { definePartners, type PartnersSpec } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function mistakes(change: (spec: Record<string, any>) => void): string {
  const spec = structuredClone(partnersSpec) as Record<string, any>;
  change(spec);
  try {
    definePartners(spec as unknown as PartnersSpec);
  } catch (error) {
    expect(error).toMatchObject({ code: 'WB_PARTNERS_WRONG' });
    return (error as Error).message;
  }
  return '';
}

describe('a declaration of partners', () => {
  it('is taken when it is right', () => {
    expect(mistakes(() => {})).toBe('');
  });

  it.each<[string, (spec: Record<string, any>) => void, string]>([
    ['a word that is not known', (s) => (s.buyers.meadow.frameAncestor = []), 'buyers.meadow.frameAncestor is not known'],
    ['a list that is none', (s) => (s.buyers.meadow.returnHosts = 'buy.meadow.example'), 'buyers.meadow.returnHosts is not a list'],
    [
      'a number that is too small',
      (s) => (s.buyers.meadow.limits = { partId: 0 }),
      'buyers.meadow.limits.partId is not between 1 and 100000',
    ],
    ['a word out of place', (s) => (s.buyers.meadow.form = 'base64'), 'buyers.meadow.form is not one of cxml-urlencoded, cxml-base64'],
    ['a version that is none', (s) => (s.buyers.meadow.version = '1.2'), 'buyers.meadow.version is not of the form'],
    ['no supplier', (s) => (s.supplier = undefined), 'supplier is missing'],
    ['a supplier without names', (s) => (s.supplier.identities = []), 'supplier.identities is empty'],
    [
      'a sender without any proof',
      (s) => (s.senders.hub.secrets = undefined),
      'senders.hub has no secret, and nothing else that proves who it is',
    ],
    ['the secret none', (s) => (s.senders.hub.secrets = ['None']), 'senders.hub.secrets[0] is what systems send that have no secret'],
    [
      'a secret of blanks',
      (s) => (s.senders.hub.secrets = ['good', '  ']),
      'senders.hub.secrets[1] is what systems send that have no secret',
    ],
    ['an empty secret', (s) => (s.senders.hub.secrets = ['']), 'senders.hub.secrets[0] is empty'],
    [
      'the digest of none',
      (s) => (s.senders.hub.secretDigests = [sha256('none')]),
      'senders.hub.secretDigests[0] is the digest of what systems send',
    ],
    [
      'the digest of nothing',
      (s) => (s.senders.hub.secretDigests = [sha256('')]),
      'senders.hub.secretDigests[0] is the digest of what systems send',
    ],
    [
      'a secret with a line end',
      (s) => (s.senders.hub.secrets = ['from a file\n']),
      'senders.hub.secrets[0] has a blank or a line end at its beginning or end',
    ],
    [
      'five secrets',
      (s) => (s.senders.hub.secretDigests = ['a', 'b', 'c', 'd'].map(sha256)),
      'senders.hub.secretDigests makes more than 4 secrets',
    ],
    [
      'a sender for a buyer that is not there',
      (s) => (s.senders.hub.speaksFor = ['ridge', 'fen']),
      'senders.hub.speaksFor[1] is no buyer that is declared',
    ],
    [
      'two senders of one name',
      (s) => (s.senders.basic.identities = [{ domain: 'NETWORKID', identity: 'AN01-MEADOW' }]),
      'is the same as senders.meadow.identities[0]',
    ],
    [
      'two buyers of one name',
      (s) => (s.buyers.fern.identities = [{ domain: 'NetworkID', identity: 'AN01-RIDGE' }]),
      'buyers.fern.identities[0] is the same as buyers.ridge.identities[0]',
    ],
    [
      'two logons of one user',
      (s) => (s.buyers.weir.logon = { ...s.buyers.mill.logon, userField: 'username' }),
      'buyers.weir.logon.user is the same as buyers.mill.logon.user',
    ],
    ['a profile that is not there', (s) => (s.buyers.meadow.profile = 'aribba'), 'buyers.meadow.profile is not one of generic, ariba'],
    [
      'a quirk of another profile',
      (s) => (s.buyers.fern.quirks = { 'ariba-bytes': false }),
      'buyers.fern.quirks.ariba-bytes is no quirk of the profile jaggaer',
    ],
    [
      'an OCI profile without logon',
      (s) => (s.buyers.fern.profile = 'sap-srm'),
      'buyers.fern has the profile sap-srm, for which it needs `logon`',
    ],
    ['a buyer that nobody can be', (s) => (s.buyers.fern.identities = undefined), 'buyers.fern has neither `identities` nor a `logon`'],
    ['a logon without password', (s) => (s.buyers.mill.logon.passwords = undefined), 'buyers.mill.logon has no password'],
    [
      'the password none',
      (s) => (s.buyers.mill.logon.passwords = ['NONE']),
      'buyers.mill.logon.passwords[0] is what systems send that have no secret',
    ],
    [
      'a field that OCI does not have',
      (s) => (s.buyers.mill.logon.fields = { Project: 'CUSTFIELD1' }),
      'buyers.mill.logon.fields.Project is no field of OCI',
    ],
    [
      'a host with a scheme',
      (s) => (s.buyers.meadow.returnHosts = ['https://buy.meadow.example']),
      'buyers.meadow.returnHosts[0] is no host',
    ],
    ['a host with a pattern', (s) => (s.buyers.meadow.returnHosts = ['*.meadow.example']), 'buyers.meadow.returnHosts[0] is no host'],
    ['a host with a path', (s) => (s.buyers.meadow.returnHosts = ['buy.meadow.example/x']), 'buyers.meadow.returnHosts[0] is no host'],
    ['a host with a user', (s) => (s.buyers.meadow.returnHosts = ['x@buy.meadow.example']), 'buyers.meadow.returnHosts[0] is no host'],
    ['a frame of any page', (s) => (s.buyers.meadow.frameAncestors = ['*']), 'buyers.meadow.frameAncestors[0] is no origin'],
    [
      'a frame without TLS',
      (s) => (s.buyers.meadow.frameAncestors = ['http://buy.meadow.example']),
      'buyers.meadow.frameAncestors[0] is no origin',
    ],
    [
      'a frame with a further rule',
      (s) => (s.buyers.meadow.frameAncestors = ['https://a.example; script-src *']),
      'buyers.meadow.frameAncestors[0] is no origin',
    ],
  ])('is refused with its path: %s', (_what, change, expected) => {
    expect(mistakes(change)).toContain(expected);
  });

  it('is refused with all of its mistakes at once', () => {
    const message = mistakes((s) => {
      s.senders.hub.secrets = ['none'];
      s.buyers.meadow.returnHosts = ['*'];
      s.buyers.fern.profile = 'nothing';
    });
    expect(message).toContain('senders.hub.secrets[0]');
    expect(message).toContain('buyers.meadow.returnHosts[0]');
    expect(message).toContain('buyers.fern.profile');
  });

  it('is refused without showing a secret', () => {
    expect(mistakes((s) => (s.senders.hub.secrets = [' very secret ']))).not.toContain('very secret');
  });
});
