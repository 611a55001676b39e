import { describe, expect, it } from 'vitest';
import { checkedReturnAddress, definePartners } from '../src/index.ts';
import { partnersSpec } from './partners-of-tests.ts';

const meadow = await definePartners(partnersSpec).buyer('meadow');
if (!meadow) throw new Error('The buyer of the test is not declared.');

describe('the address that a cart goes to', () => {
  it.each([
    'https://buy.meadow.example/punchout/return?req=5521&site=7',
    'https://buy.meadow.example',
    'https://BUY.Meadow.Example/a',
    'HTTPS://buy.meadow.example:443/a',
    'https://buy.meadow.example:8443/a',
    'https://buy.meadow.example/a?next=https://evil.example/#x',
  ])('may be %s', (address) => {
    expect(checkedReturnAddress(meadow, `\n  ${address} `)).toBe(address);
  });

  it.each([
    'http://buy.meadow.example/a',
    'javascript:alert(1)',
    'javascript://buy.meadow.example/%0aalert(1)',
    'data:text/html,x',
    'https://buy.meadow.example.evil.example/a',
    'https://evil.example/buy.meadow.example',
    'https://evil.example#buy.meadow.example',
    'https://evil.example?buy.meadow.example',
    'https://buy.meadow.example@evil.example/a',
    'https://x@buy.meadow.example/a',
    'https://x:y@buy.meadow.example/a',
    'https://buy.meadow.example:444/a',
    'https://xbuy.meadow.example/a',
    'https://meadow.example/a',
    'https://buy.meadow.example./a',
    'https://evil.example\\@buy.meadow.example/a',
    'https:\\\\buy.meadow.example/a',
    'https://buy.mea\ndow.example/a',
    'https://buy.meadow.example /a',
    'https://localhost/a',
    '//buy.meadow.example/a',
    '/a',
    '',
    'https://',
    `https://buy.meadow.example/${'a'.repeat(5_000)}`,
  ])('is not %j', (address) => {
    expect(() => checkedReturnAddress(meadow, address)).toThrow(
      expect.objectContaining({ code: 'WB_PARTNERS_BAD_RETURN_ADDRESS', kind: 'invalid' }),
    );
  });

  it('may go without TLS on this machine only, and only where that is listed', () => {
    const local = {
      name: 'simulated',
      returnHosts: ['localhost:8081', '127.0.0.1:8081', '[::1]:8081', 'buy.localhost:8081', '127.0.0.1.nip.io:8081', 'buy.meadow.example'],
    };
    expect(checkedReturnAddress(local, 'http://localhost:8081/return')).toBe('http://localhost:8081/return');
    for (const host of ['127.0.0.1', '[::1]', 'buy.localhost']) {
      expect(checkedReturnAddress(local, `http://${host}:8081/return`)).toBe(`http://${host}:8081/return`);
    }
    for (const address of [
      'http://localhost:8082/',
      'http://localhost.evil.example:8081/',
      'http://127.0.0.1.nip.io:8081/',
      'http://buy.meadow.example/',
    ]) {
      expect(() => checkedReturnAddress(local, address)).toThrow(/simulated wants its cart/);
    }
    expect(() => checkedReturnAddress(meadow, 'http://localhost/')).toThrow(/meadow wants its cart/);
  });

  it('is nowhere for a buyer without hosts', () => {
    expect(() => checkedReturnAddress({ name: 'bog', returnHosts: [] }, 'https://buy.meadow.example/')).toThrow(/nowhere yet/);
  });
});
