import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../src/incoming/addresses.ts';
import { authenticationResults } from '../../src/incoming/authentication-results.ts';
import { isAutomatic } from '../../src/incoming/automatic.ts';
import { identityOf, messageIdsIn } from '../../src/incoming/identity.ts';
import { read } from './mail.ts';

describe('addresses', () => {
  it.each([
    ['Ada <ada@mill.example>', ['Ada|ada@mill.example']],
    ['ada@mill.example (Ada (of) Mill)', ['Ada (of) Mill|ada@mill.example']],
    ['"Mill, Ada \\"A\\"" <ada@mill.example>, bob@yard.example', ['Mill, Ada "A"|ada@mill.example', '|bob@yard.example']],
    ['"<evil@x>" <ada@mill.example>', ['<evil@x>|ada@mill.example']],
    ['=?utf-8?Q?=3Cevil=40x=3E?= <ada@mill.example>', ['<evil@x>|ada@mill.example']],
    ['All: a@x, Bob <b@y>; c@z', ['|a@x', 'Bob|b@y', '|c@z']],
    ['undisclosed-recipients:;', []],
    ['<@relay,@other:ada@mill.example>', ['|ada@mill.example']],
    ['<>', ['|']],
    ['"ada b"@mill.example', ['|"ada b"@mill.example']],
    ['', []],
    ['Ada <ada@mill.example', ['Ada|ada@mill.example']],
  ])('are read as they are written: %s', (written, found) => {
    expect(addressesIn(written).map(({ name, address }) => `${name}|${address}`)).toEqual(found);
  });
});

describe('the identity of a mail', () => {
  it('is its Message-ID, however that is written', () => {
    expect(identityOf(read('Message-ID: (a) <1.Ab@Mill.example> (b)\n\nx'))).toBe('<1.Ab@Mill.example>');
    expect(identityOf(read('Message-ID: <1.\n Ab@Mill.example>\n\nx'))).toBe('<1.Ab@Mill.example>');
    expect(identityOf(read('Message-Id: 1@x\n\nx'))).toBe('<1@x>');
  });

  it.each([
    ['missing', ''],
    ['empty', 'Message-ID:\n'],
    ['<>', 'Message-ID: <>\n'],
    ['several', 'Message-ID: <1@x>\nMessage-ID: <2@x>\n'],
    ['endless', `Message-ID: <${'a'.repeat(600)}@x>\n`],
  ])('is a hash of the whole where that is %s', (_, field) => {
    const one = identityOf(read(`${field}From: a@x\n\nx`));
    expect(one).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(identityOf(read(`${field}From: a@x\n\ny`))).not.toBe(one);
  });

  it('is found in a field of many', () => {
    expect(messageIdsIn('<1@x> <2@x>\t(c) <3@x>')).toEqual(['<1@x>', '<2@x>', '<3@x>']);
  });
});

describe('a mail that no machine may answer', () => {
  it.each([
    ['Return-Path: <>'],
    ['Auto-Submitted: auto-generated'],
    ['auto-submitted:Auto-Replied; owner="x"'],
    ['Precedence: bulk'],
    ['Precedence: List'],
    ['List-Unsubscribe: <https://x>'],
    ['X-Auto-Response-Suppress: DR, OOF'],
    ['X-Autoreply: yes'],
    ['From: MAILER-DAEMON@x'],
    ['From: No Reply <no-reply+7@x>'],
    ['From: news-bounces+ada=mill@x'],
    ['X-Loop: x'],
    ['From: Orders <orders@SHOP.example>'],
    ['Return-Path: <b-abcdefghij@bounce.shop.example>'],
    ['Content-Type: multipart/report; boundary=b\n\n--b--'],
  ])('is known by %s', (field) => {
    const own = { domain: 'shop.example', bounces: { domain: 'bounce.shop.example' }, addresses: ['orders@shop.example'] };
    expect(isAutomatic(read(`${field}\n\nx`), own)).toBe(true);
  });

  it.each([
    ['From: Ada <ada@mill.example>\nReturn-Path: <ada@mill.example>'],
    ['Auto-Submitted: no'],
    ['From: bouncer@x'],
    ['Precedence: first-class'],
    ['X-Auto-Response-Suppress: none'],
  ])('is not one with %s', (fields) => {
    expect(isAutomatic(read(`${fields}\n\nx`))).toBe(false);
  });
});

describe('who sent a mail', () => {
  const received = 'Received: from out.mill.example (1.2.3.4) by MX.shop.example with ESMTPS id 7; Tue, 12 May 2026';
  const from = 'From: "dkim=pass" <B2b@Mill.Example>';
  const principal = (results: string, sender = from, then = received) =>
    authenticationResults(read(`${results}\n${then}\n${sender}\n\nx`), 'mx.shop.example').principal;

  it.each([
    ['Authentication-Results: mx.shop.example; dmarc=pass header.from=mill.example'],
    ['authentication-results: (c) MX.Shop.Example 1 ; dmarc = PASS (p=none; dis=none)\n header.from=mill.example'],
    ['Authentication-Results: mx.shop.example; dkim=pass header.d=mill.example header.b="ab=="'],
    ['Authentication-Results: mx.shop.example; dkim=fail header.d=mill.example; dkim=pass (ok) header.i=@mill.example'],
    ['Authentication-Results: "mx.shop.example"; dkim/1=pass reason="fine; dkim=fail" header.d=Mill.example; dmarc=none'],
  ])('is proven by %s', (results) => {
    expect(principal(results)).toBe('B2b@mill.example');
  });

  it.each([
    ['no result', 'X: y'],
    ['another server', 'Authentication-Results: mx.mill.example; dmarc=pass header.from=mill.example'],
    ['a server whose name only begins so', 'Authentication-Results: mx.shop.example.evil.example; dmarc=pass header.from=mill.example'],
    ['no name of a server', 'Authentication-Results: dmarc=pass header.from=mill.example'],
    ['SPF alone', 'Authentication-Results: mx.shop.example; spf=pass smtp.mailfrom=b2b@mill.example'],
    ['a failed check', 'Authentication-Results: mx.shop.example; dmarc=fail header.from=mill.example; dkim=pass header.d=mill.example'],
    ['a signature of somebody else', 'Authentication-Results: mx.shop.example; dkim=pass header.d=evil.example'],
    [
      'a signature of a longer name',
      'Authentication-Results: mx.shop.example; dkim=pass header.d=evilmill.example; dkim=pass header.d=x.mill.example',
    ],
    ['a signature of a top-level domain', 'Authentication-Results: mx.shop.example; dkim=pass header.d=example'],
    ['a policy of another domain', 'Authentication-Results: mx.shop.example; dmarc=pass header.from=evil.example'],
    ['words in a comment', 'Authentication-Results: mx.shop.example; spf=none (dkim=pass header.d=mill.example; dmarc=pass)'],
    ['words in quotes', 'Authentication-Results: mx.shop.example; spf=none reason="; dmarc=pass header.from=mill.example"'],
    ['none', 'Authentication-Results: mx.shop.example; none'],
    ['a field that cannot be read', 'Authentication-Results: mx.shop.example; dmarc=pass header.from=mill.example; ("'],
    ['a version that is none', 'Authentication-Results: mx.shop.example x; dmarc=pass header.from=mill.example'],
  ])('is not proven by %s', (_, results) => {
    expect(principal(results)).toBeUndefined();
  });

  it('is proven by the topmost field of the server only', () => {
    const fails = 'Authentication-Results: mx.shop.example; dmarc=fail header.from=mill.example';
    const passes = 'Authentication-Results: mx.shop.example; dmarc=pass header.from=mill.example';
    expect(principal(`${fails}\n${passes}`)).toBeUndefined();
    expect(principal(`${passes}\n${fails}`)).toBe('B2b@mill.example');
  });

  it('is not proven by what stands below the first line of the own server, or without such a line', () => {
    const passes = 'Authentication-Results: mx.shop.example; dmarc=pass header.from=mill.example';
    expect(principal('X: y', from, `${received}\n${passes}`)).toBeUndefined();
    expect(principal(passes, from, 'Received: from x by mx.other.example; now')).toBeUndefined();
    expect(principal(passes, from, `Received: from mx.shop.example by imap.shop.example; now\n${received}`)).toBe('B2b@mill.example');
  });

  it.each([
    ['two fields', 'From: b2b@mill.example\nFrom: evil@mill.example'],
    ['two addresses', 'From: b2b@mill.example, evil@mill.example'],
    ['none', 'From: Ada'],
    ['a part before the @ that is quoted', 'From: "x y"@mill.example@evil.example'],
    ['no field', 'X: y'],
  ])('is refused with %s', (_, sender) => {
    expect(principal('Authentication-Results: mx.shop.example; dmarc=pass header.from=mill.example', sender)).toBeUndefined();
  });

  it('is nobody where no server is trusted', () => {
    expect(authenticationResults(read(`Authentication-Results: ; dmarc=pass\n${received}\n${from}\n\n`), '').results).toEqual([]);
  });
});
