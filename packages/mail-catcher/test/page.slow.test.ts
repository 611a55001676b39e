import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailCatcher } from '../src/index.ts';
import { read, senderTo, sendRaw, startCatcher } from './catcher.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';

/** A mail that says something hostile wherever something can be said. */
async function sendHostile(catcher: MailCatcher): Promise<void> {
  await senderTo(catcher).sendMail({
    from: { name: hostile, address: 'a@b.test' },
    to: { name: hostile, address: 'c@d.test' },
    subject: hostile,
    text: hostile,
    html: `<p>${hostile}</p>`,
    headers: { 'X-Hostile': hostile },
    messageId: `<${hostile}>`,
    attachments: [{ filename: `../../${hostile}.html`, content: '<script>alert(3)</script>', contentType: 'text/html', cid: '"><script>' }],
    envelope: { from: 'a@b.test', to: ['c@d.test', '"<script>"@d.test'] },
  });
}

/** As `read`, with a Host of one's own. */
function readAs(catcher: MailCatcher, host: string, options: { readonly method?: string; readonly headers?: Record<string, string> } = {}) {
  return new Promise<number | undefined>((resolve, reject) => {
    const { method = 'GET', headers = {} } = options;
    const asked = request({ host: '127.0.0.1', port: catcher.pagePort, path: '/api/mails', method, headers: { host, ...headers } });
    asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    asked.end();
  });
}

describe('what a mail says', () => {
  it.each([
    '',
    'mails/1',
    'mails/1?view=text',
    'mails/1?view=source',
    'mails/1?view=headers',
    'mails/1?view=attachments',
    `?q=${encodeURIComponent(hostile)}`,
  ])('is text and nothing else on the page /%s', async (path) => {
    const catcher = await startCatcher();
    await sendHostile(catcher);
    const { text } = await read(catcher, path);
    expect(text).toContain('&quot;&gt;&lt;script&gt;');
    expect(text.replaceAll('<script src="/script.js" defer></script>', '')).not.toMatch(/<script|<img src=x/);
  });

  it('is in a frame with a policy of its own: no scripts, no origin, nothing from elsewhere', async () => {
    const catcher = await startCatcher();
    await sendHostile(catcher);
    const { response } = await read(catcher, 'mails/1/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; .*; sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin|https?:/);
    const { response: open } = await read(catcher, 'mails/1/html?remote=1');
    expect(open.headers.get('content-security-policy')).toMatch(/img-src data: http: https:;.*sandbox/);
    expect(open.headers.get('content-security-policy')).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
  });

  it('is shown with the pictures that it brings along, and without elements that connect by themselves', async () => {
    const catcher = await startCatcher();
    await senderTo(catcher).sendMail({
      html: '<LINK rel=preconnect href="//x.test"><meta\nhttp-equiv=refresh content=0><base/href=x><links><img src="cid:p%40x"><img src="cid:other">',
      attachments: [{ content: Buffer.from('picture'), contentType: 'image/png', cid: 'p@x' }],
      envelope: { from: 'a@b.test', to: 'c@d.test' },
    });
    const { text } = await read(catcher, 'mails/1/html');
    expect(text).toContain('<x-LINK rel=preconnect href="//x.test"><x-meta\nhttp-equiv=refresh content=0><x-base/href=x><links>');
    expect(text).toContain('<img src="data:image/png;base64,cGljdHVyZQ=="><img src="cid:other">');
    expect((await read(catcher, 'mails/1/html?remote=1')).text).toContain('<LINK rel=preconnect');
  });

  it('is saved under a safe name, as something that no browser runs', async () => {
    const catcher = await startCatcher();
    await sendHostile(catcher);
    const { response, text } = await read(catcher, 'mails/1/attachments/1');
    expect(text).toBe('<script>alert(3)</script>');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\\/<>]+"; filename\*=UTF-8''[\w.%-]+$/);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    const source = await read(catcher, 'mails/1/source');
    expect(source.response.headers.get('content-disposition')).toContain('attachment; filename="mail-1.eml"');
    expect(source.text).toBe(Buffer.from(catcher.mails()[0]?.source ?? []).toString());
  });
});

describe('every answer', () => {
  it.each(['', 'mails/1', 'mails/1/html', 'mails/1/source', 'mails/1/attachments/1', 'mails/9', 'api/mails', 'style.css', 'nowhere'])(
    'of /%s says how a browser has to treat it',
    async (path) => {
      const catcher = await startCatcher();
      await sendHostile(catcher);
      const { headers } = (await read(catcher, path)).response;
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe(path === 'mails/1/html' ? 'no-referrer' : 'same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('another site in the same browser', () => {
  it.each([['localhost'], ['LOCALHOST:1080'], ['127.0.0.1'], ['[::1]:1080'], ['192.0.2.7'], ['shop.localhost']])(
    'is not %s',
    async (host) => {
      expect(await readAs(await startCatcher(), host)).toBe(200);
    },
  );

  it.each([['evil.test'], ['evil.test:1080'], ['127.0.0.1.evil.test'], ['localhost.evil.test'], ['evil.test#localhost'], ['[evil.test]']])(
    'cannot read mails by a name of its own that points here: %s',
    async (host) => {
      expect(await readAs(await startCatcher(), host)).toBe(421);
    },
  );

  it.each([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { origin: 'https://127.0.0.1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot delete mails: %o', async (headers) => {
    const catcher = await startCatcher();
    await sendRaw(catcher, 'Subject: a\r\n\r\n');
    expect(await readAs(catcher, '127.0.0.1', { method: 'DELETE', headers })).toBe(403);
    expect((await read(catcher, 'delete', { method: 'POST', headers: { origin: 'http://evil.test' } })).response.status).toBe(403);
    expect(catcher.mails()).toHaveLength(1);
  });

  it('is not the page itself, which can', async () => {
    const catcher = await startCatcher();
    await sendRaw(catcher, 'Subject: a\r\n\r\n');
    await sendRaw(catcher, 'Subject: b\r\n\r\n');
    const origin = { origin: catcher.pageUrl.slice(0, -1), 'sec-fetch-site': 'same-origin' };
    const deleted = await read(catcher, 'mails/1/delete', { method: 'POST', headers: origin });
    expect([deleted.response.status, deleted.response.headers.get('location')]).toEqual([303, '/']);
    expect(catcher.mails().map(({ id }) => id)).toEqual(['2']);
    expect((await read(catcher, 'delete', { method: 'POST', headers: origin })).response.status).toBe(303);
    expect(catcher.mails()).toEqual([]);
  });
});

describe('the API', () => {
  it('lists mails and finds them by words', async () => {
    const catcher = await startCatcher();
    await sendRaw(catcher, 'Subject: Order 12007\r\nFrom: Kestrel <k@x.test>\r\n\r\nthe tent is shipped\r\n');
    await sendRaw(catcher, 'Subject: Order 12008\r\n\r\nthe lamp\r\n', 'admin@example.test');
    const listed = JSON.parse((await read(catcher, 'api/mails')).text) as { received: number; mails: object[] };
    expect(listed).toMatchObject({ received: 2, mails: [{ id: '1', subject: 'Order 12007', size: 71, attachments: [] }, { id: '2' }] });
    const idsFor = async (query: string) => {
      const { mails } = JSON.parse((await read(catcher, `api/mails?q=${query}`)).text) as { mails: { id: string }[] };
      return mails.map(({ id }) => id);
    };
    expect(await Promise.all(['order', 'TENT+kestrel', 'admin@', 'tent+lamp'].map(idsFor))).toEqual([['1', '2'], ['1'], ['2'], []]);
  });

  it('gives one mail with its contents, its source and its attachments', async () => {
    const catcher = await startCatcher();
    await senderTo(catcher).sendMail({
      to: 'a@b.test',
      text: 'hi',
      attachments: [{ filename: 'a.csv', content: '1;2', contentType: 'text/csv' }],
    });
    expect(JSON.parse((await read(catcher, 'api/mails/1')).text)).toMatchObject({
      text: 'hi',
      attachments: [{ name: 'a.csv', contentType: 'text/csv', size: 3 }],
      headers: expect.arrayContaining([{ name: 'To', value: 'a@b.test' }]),
    });
    expect((await read(catcher, 'api/mails/1/attachments/1')).text).toBe('1;2');
    expect((await read(catcher, 'api/mails/1/source')).text).toContain('To: a@b.test');
  });

  it('deletes one, and all', async () => {
    const catcher = await startCatcher();
    for (const subject of ['a', 'b', 'c']) await sendRaw(catcher, `Subject: ${subject}\r\n\r\n`);
    expect((await read(catcher, 'api/mails/2', { method: 'DELETE' })).response.status).toBe(204);
    expect(catcher.mails().map(({ subject }) => subject)).toEqual(['a', 'c']);
    expect((await read(catcher, 'api/mails', { method: 'DELETE' })).response.status).toBe(204);
    expect(catcher.mails()).toEqual([]);
  });

  it.each([
    ['GET', 'api/mails/7', 404],
    ['DELETE', 'api/mails/7', 404],
    ['GET', 'api/mails/1/attachments/9', 404],
    ['GET', 'api/mails/1/attachments/0x1', 404],
    ['GET', 'api/mails/1/attachments/1/more', 404],
    ['GET', 'api/other', 404],
    ['PUT', 'api/mails', 405],
    ['DELETE', 'api/mails/1/source', 405],
    ['GET', 'mails/7', 404],
    ['GET', 'mails/1/nothing', 404],
    ['GET', 'mails/1/html/more', 404],
    ['GET', 'delete', 405],
    ['POST', 'mails/1', 405],
    ['POST', 'live', 405],
    ['GET', 'constructor', 404],
    ['GET', '%ff', 400],
    ['HEAD', 'mails/1', 200],
  ])('and the page answer %s /%s with %i', async (method, path, status) => {
    const catcher = await startCatcher();
    await sendRaw(catcher, 'Subject: a\r\n\r\n');
    expect((await read(catcher, path, { method })).response.status).toBe(status);
    expect(catcher.mails()).toHaveLength(1);
  });
});

describe('a page that is open', () => {
  it('is told when a mail comes, and when one goes', async () => {
    const catcher = await startCatcher();
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    const live = await fetch(new URL('live', catcher.pageUrl), { signal: ended.signal });
    expect(live.headers.get('content-type')).toBe('text/event-stream');
    const told = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await told?.read())?.value).toBe('data: 0\n\n');
    await sendRaw(catcher, 'Subject: a\r\n\r\n');
    expect((await told?.read())?.value).toBe('data: 1\n\n');
    catcher.clear();
    expect((await told?.read())?.value).toBe('data: 1\n\n');
  });
});
