import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { troubledNumber } from './application.ts';
import { damaged } from './fault.ts';
import { arrival, lay, parkedFile } from './files.ts';
import { post } from './http.ts';
import { orderStatus } from './samples.ts';
import { callsFor, emptied, freshId, journalled, outcomeOf, put, sharedWorld } from './world.ts';

const world = sharedWorld();
const comment = '<!-- made by hand: <Update_WCS_Weather> & more -->';

/** Right messages that look wrong to a reader that is too strict. */
const unusual: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ['a byte order mark', `\ufeff${orderStatus}`],
  ['line ends of Windows', orderStatus.replaceAll('\n', '\r\n')],
  ['no white space', orderStatus.replaceAll(/>\s+</g, '><')],
  ['no XML declaration', damaged(orderStatus, /<\?xml.*\?>\n/, '')],
  ['no DOCTYPE', damaged(orderStatus, /<!DOCTYPE.*>\n/, '')],
  ['no version but that of its DTD', damaged(orderStatus, ' version="3.0"', '')],
  ['a public DOCTYPE', damaged(orderStatus, 'SYSTEM "', 'PUBLIC "-//x//y" "')],
  ['the encoding in lower case', damaged(orderStatus, 'UTF-8', 'utf-8')],
  ['apostrophes for quotes', orderStatus.replaceAll(/="([^"]*)"/g, "='$1'")],
  ['a comment and an instruction before the root', damaged(orderStatus, '<Update', `${comment}<?x y?>\n<Update`)],
  ['a comment inside and behind', damaged(orderStatus, '<DataArea>', `<DataArea>${comment}`) + comment],
  ['a long comment before the root', damaged(orderStatus, '<Update', `<!--${' x'.repeat(20_000)}-->\n<Update`)],
  ['references and a CDATA section in a text', damaged(orderStatus, 'Port Merrin', 'Port&#x20;&amp;&#32;<![CDATA[<Merrin>]]>')],
  ['letters of many scripts', damaged(orderStatus, 'Port Merrin', 'Порт Мерин 港 ⚓')],
  ['UTF-16', Buffer.from(`\ufeff${orderStatus}`, 'utf16le')],
  ['the encoding that it declares', Buffer.from(damaged(damaged(orderStatus, 'UTF-8', 'ISO-8859-1'), 'Merrin', 'Merr\u00efn'), 'latin1')],
];

describe('a right message in unusual clothes', () => {
  it.each(unusual)('is handled from a queue: %s', async (_what, body) => {
    const id = await put(world(), 'IN', body);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'done', code: undefined });
    expect(callsFor(world(), id)).toEqual(['order.ship-status']);
  });

  it.each(unusual)('is handled over HTTP: %s', async (_what, body) => {
    const id = freshId();
    const answer = await post(world(), '/messages', body, { id });
    expect({ status: answer.status, body: answer.body.toString() }).toEqual({ status: 204, body: '' });
    expect(callsFor(world(), id)).toEqual(['order.ship-status']);
  });

  it.each(unusual)('is handled from a folder: %s', async (_what, body) => {
    const name = `${freshId()}.xml`;
    await lay(world(), name, body);
    await arrival(world(), 'done', name);
    expect(await parkedFile(world(), name)).toBeUndefined();
  });
});

describe('a right message whose handler fails at first in a way that may pass', () => {
  const troubled = damaged(orderStatus, '12007', troubledNumber);

  it('is handled from a queue at the second attempt', async () => {
    const id = await put(world(), 'IN', troubled);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'retry', code: 'WB_TEST_BUSY' });
    await eventually(() => callsFor(world(), id).length === 2, { what: 'the second attempt' });
    await emptied(world(), 'IN');
    expect(await journalled(world(), 'queue', id)).toMatchObject({ state: 'done' });
  });

  it('is handled from a folder at the second attempt', async () => {
    const before = world().calls.length;
    const name = `${freshId()}.xml`;
    await lay(world(), name, troubled);
    await arrival(world(), 'done', name);
    // The journal keeps it for the second attempt: folders hand nothing out twice.
    await eventually(() => world().calls.length === before + 2, { what: 'the second attempt' });
    expect(world().calls.slice(before)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  it('is refused over HTTP for the time being', async () => {
    const answer = await post(world(), '/messages', troubled);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(answer.body.toString()).toContain('GenericSystemError');
  });
});
