import { describe, expect, it } from 'vitest';
import type { Envelope } from '../src/smtp/envelope.ts';
import { bodyFrom, dialogueAt, envelopeTo, transactAt } from './dialogue-at.ts';
import { ada, bob, scripted } from './one-server.ts';

const body = bodyFrom('Subject: x\r\n\r\nhello\r\n');

/** What is said to a server that offers this, after hello. */
async function said(offers: readonly string[], envelope: Envelope, of = body) {
  const lines = ['mx.example.test', ...offers].map((line, place, all) => `250${place === all.length - 1 ? ' ' : '-'}${line}`);
  const server = await scripted([{ ehlo: lines }]);
  const { fates } = await transactAt(await dialogueAt(server.port), envelope, of);
  return {
    commands: server.seen[0]?.commands.slice(1) ?? [],
    outcomes: fates.map(({ outcome }) => outcome),
    details: fates.map(({ detail }) => detail),
  };
}

describe('what is said to a server', () => {
  it('that offers nothing is nothing but what RFC 821 has', async () => {
    const { commands } = await said([], envelopeTo([ada]));
    expect(commands).toEqual(['MAIL FROM:<orders@shop.example.test>', `RCPT TO:<${ada}>`, 'DATA']);
  });

  it('that offers SIZE is the size of the mail, also where it has no limit', async () => {
    for (const size of ['SIZE', 'SIZE 0', 'size 1000'])
      expect((await said([size], envelopeTo([ada]))).commands[0]).toBe('MAIL FROM:<orders@shop.example.test> SIZE=21');
  });

  it('that takes less than the mail has is nothing', async () => {
    const { commands, outcomes, details } = await said(['SIZE 20'], envelopeTo([ada, bob]));
    expect([commands, outcomes]).toEqual([[], ['refused', 'refused']]);
    expect(details[0]).toMatch(/^5\.3\.4 .*21 bytes.*20/);
  });

  it('that reports is what is to be reported, and each recipient in its own words', async () => {
    const { commands } = await said(['DSN'], envelopeTo(['bob+x=y@mill.example.test', ada], { notify: ['success'], ret: 'full' }));
    expect(commands.slice(0, 3)).toEqual([
      'MAIL FROM:<orders@shop.example.test> RET=FULL ENVID=wb.abc',
      'RCPT TO:<bob+x=y@mill.example.test> NOTIFY=SUCCESS ORCPT=rfc822;bob+2Bx+3Dy@mill.example.test',
      `RCPT TO:<${ada}> NOTIFY=SUCCESS ORCPT=rfc822;${ada}`,
    ]);
  });

  it('that is to report nothing is that it shall never', async () => {
    expect((await said(['DSN'], envelopeTo([ada], { notify: [] }))).commands[1]).toContain('NOTIFY=NEVER');
  });

  it('about a recipient is the address as it stood in the message', async () => {
    const recipients = [{ address: 'Ada@MILL.example.test', wire: 'Ada@mill.example.test', needsUtf8: false }];
    const { commands } = await said(['DSN'], { ...envelopeTo([]), recipients });
    expect(commands[1]).toBe('RCPT TO:<Ada@mill.example.test> NOTIFY=FAILURE,DELAY ORCPT=rfc822;Ada@MILL.example.test');
  });

  it('about an automatic answer is that nobody sends it', async () => {
    expect((await said([], envelopeTo([ada], { sender: '' }))).commands[0]).toBe('MAIL FROM:<>');
  });
});

describe('letters outside ASCII', () => {
  const all = ['SMTPUTF8', '8BITMIME', 'DSN'];

  it('in an address are written in UTF-8, and told', async () => {
    const { commands, outcomes } = await said(all, envelopeTo(['jürgen@mill.test', ada]));
    expect(commands[0]).toBe('MAIL FROM:<orders@shop.example.test> SMTPUTF8 RET=HDRS ENVID=wb.abc');
    expect(commands[1]).toBe('RCPT TO:<jürgen@mill.test> NOTIFY=FAILURE,DELAY ORCPT=utf-8;j\\x{FC}rgen@mill.test');
    expect(outcomes).toEqual(['sent', 'sent']);
  });

  it('are told only where there are any', async () => {
    expect((await said(all, envelopeTo([ada]))).commands[0]).not.toContain('SMTPUTF8');
  });

  it('are refused for that recipient alone where the server cannot take them', async () => {
    const { commands, outcomes, details } = await said(['8BITMIME'], envelopeTo(['jürgen@mill.test', ada]));
    expect(outcomes).toEqual(['refused', 'sent']);
    expect(details[0]).toMatch(/^5\.6\.7 /);
    expect(commands.join()).not.toContain('rgen');
  });

  it('in a header are refused for all where the server cannot take them', async () => {
    const { commands, outcomes } = await said(['8BITMIME'], envelopeTo([ada, bob], { needsUtf8: true }));
    expect([commands, outcomes]).toEqual([[], ['refused', 'refused']]);
  });

  it('in a body are told where the server can take them, and refused where it cannot', async () => {
    const eightBit = bodyFrom('Subject: x\r\n\r\nh\u00e4\r\n');
    expect((await said(['8BITMIME'], envelopeTo([ada]), eightBit)).commands[0]).toContain('BODY=8BITMIME');
    expect(await said([], envelopeTo([ada]), eightBit)).toMatchObject({ commands: [], outcomes: ['refused'] });
  });
});
