import { describe, expect, it } from 'vitest';
import type { NotificationSpec } from '../src/index.ts';
import { mailDocumentKeys } from './mail-document.ts';
import { compose, contextFor, errorOf, least, mailOf, packOf, type parcelSent, problemsOf, sent } from './pack.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIAAAyOAEBVXHAKAAAAABJRU5ErkJggg==', 'base64');
const page = {
  ...least,
  'parcel-sent.html.liquid': '<img src="{% image \'logo.png\' %}"><img src="{% image \'logo.png\' %}">',
  'logo.png': png,
};

describe('a notification', () => {
  it('is a mail document with what it says, to whom, and in which language', () => {
    const draft = compose(packOf(page));
    expect([draft.type, draft.contentType, draft.properties]).toEqual(['ParcelSent', 'application/vnd.waybill.mail+json', undefined]);
    const { html, images, ...rest } = JSON.parse(String(draft.body)) as Record<string, unknown>;
    expect(rest).toEqual({
      to: [{ name: 'Ada Mill', address: 'ada@mill.example' }],
      subject: 'Your parcel 12007',
      language: 'en',
      text: 'Hello Ada Mill\n',
    });
    expect([typeof html, Array.isArray(images)]).toEqual(['string', true]);
  });

  it('names nobody where the entry says who gets it', () => {
    expect(mailOf(packOf(least, { to: undefined })).to).toBeUndefined();
  });

  it('has the same bytes each time, and changes nothing of its event', () => {
    const pack = packOf(page);
    const before = structuredClone(sent);
    const data = Object.freeze({ ...sent, customer: Object.freeze({ ...sent.customer }), items: Object.freeze([...sent.items]) });
    expect(compose(pack, data)).toEqual(compose(pack, data));
    expect(sent).toEqual(before);
  });

  it('has each image once, with an id that follows from its bytes, by which the page calls it', () => {
    const { html, images = [] } = mailOf(packOf(page));
    expect(images).toEqual([
      {
        id: expect.stringMatching(/^logo-[0-9a-f]{16}@images$/),
        contentType: 'image/png',
        content: png.toString('base64'),
        fileName: 'logo.png',
      },
    ]);
    expect(html).toBe(`<img src="cid:${images[0]?.id}"><img src="cid:${images[0]?.id}">`);
    const other = mailOf(packOf({ ...page, 'logo.png': Buffer.concat([png, png]) }));
    expect(other.images?.[0]?.id).not.toBe(images[0]?.id);
  });

  it('can be its text alone, with recipient and subject as properties', () => {
    const draft = compose(packOf(page), sent, { as: 'text' });
    expect(draft).toEqual({
      type: 'ParcelSent',
      contentType: 'text/plain; charset=utf-8',
      body: 'Hello Ada Mill\n',
      properties: { to: 'ada@mill.example', subject: 'Your parcel 12007', language: 'en' },
    });
  });

  it('can be its page alone, with the images inside', () => {
    const draft = compose(packOf(page), sent, { as: 'html' });
    expect(draft.contentType).toBe('text/html; charset=utf-8');
    expect(draft.body).toContain(`<img src="data:image/png;base64,${png.toString('base64')}">`);
    expect(errorOf(() => compose(packOf(least), sent, { as: 'html' })).message).toBe(
      'ParcelSent has no page of HTML; the entry asks for one.',
    );
  });

  it('says nothing in its document that the email transport does not know', () => {
    const everyone = 'customer.email';
    const pack = packOf(
      { ...page, 'terms.pdf': 'pdf' },
      { cc: everyone, bcc: everyone, from: everyone, replyTo: everyone, thread: 'number', attachments: [{ file: 'terms.pdf' }] },
    );
    expect(Object.keys(mailOf(pack)).filter((key) => !mailDocumentKeys.includes(key))).toEqual([]);
  });
});

describe('the people of a notification', () => {
  const to = (source: NotificationSpec<typeof parcelSent>['to'], data: unknown = sent) => mailOf(packOf(least, { to: source }), data).to;

  it('are named by the path of a field, or the first of several that is there', () => {
    expect(to('customer.email')).toEqual([{ address: 'ada@mill.example' }]);
    const { email: _, ...customer } = sent.customer;
    expect(to(['customer.email', 'comment'], { ...sent, customer, comment: 'b@c.example' })).toEqual([{ address: 'b@c.example' }]);
    expect(to(['customer.email', 'comment'], { ...sent, customer: { ...customer, email: '  ' }, comment: 'b@c.example' })).toEqual([
      { address: 'b@c.example' },
    ]);
  });

  it('are named by functions of the data, one or several', () => {
    expect(to(({ customer }) => customer.email)).toEqual([{ address: 'ada@mill.example' }]);
    expect(to(({ customer }) => [{ address: customer.email ?? '', name: `${customer.name} (home)` }, 'b@c.example'])).toEqual([
      { name: 'Ada Mill (home)', address: 'ada@mill.example' },
      { address: 'b@c.example' },
    ]);
    expect(errorOf(() => to(() => undefined)).code).toBe('WB_TEMPLATES_NO_RECIPIENT');
    expect(errorOf(() => to(() => ['a@b.example', 'c@d.example, e@f.example'])).code).toBe('WB_TEMPLATES_BAD_ADDRESS');
  });

  it('have further ones who get a copy, and one to answer to', () => {
    const people = {
      cc: () => 'cc@x.example',
      bcc: () => 'bcc@x.example',
      replyTo: () => 'help@x.example',
      from: () => ({ name: 'Mill, Ada', address: 'ada@x.example' }),
    };
    const { cc, bcc, replyTo, from } = mailOf(packOf(least, people));
    expect({ cc, bcc, replyTo, from }).toEqual({
      cc: [{ address: 'cc@x.example' }],
      bcc: [{ address: 'bcc@x.example' }],
      replyTo: [{ address: 'help@x.example' }],
      from: { name: 'Mill, Ada', address: 'ada@x.example' },
    });
    expect(compose(packOf(least, people), sent, { as: 'text' }).properties).toEqual({
      from: 'ada@x.example',
      to: 'ada@mill.example',
      cc: 'cc@x.example',
      bcc: 'bcc@x.example',
      'reply-to': 'help@x.example',
      subject: 'Your parcel 12007',
      language: 'en',
    });
  });
});

describe('the attachments of a notification', () => {
  it('are files of the folder, or made of the data', () => {
    const pack = packOf(
      { ...least, 'files/terms.pdf': 'terms' },
      {
        attachments: [
          { file: 'files/terms.pdf', fileName: 'Terms.pdf' },
          ({ number }, { messageId }) => [
            { fileName: `${number}.csv`, contentType: 'text/csv; charset=utf-8', content: `number;${messageId}\n` },
            { fileName: 'label.bin', contentType: 'application/octet-stream', content: Uint8Array.of(0, 255) },
          ],
          () => undefined,
        ],
      },
    );
    expect(mailOf(pack).attachments).toEqual([
      { fileName: 'Terms.pdf', contentType: 'application/pdf', content: Buffer.from('terms').toString('base64') },
      { fileName: '12007.csv', contentType: 'text/csv; charset=utf-8', text: 'number;m-1\n' },
      { fileName: 'label.bin', contentType: 'application/octet-stream', content: 'AP8=' },
    ]);
  });
});

describe('what a template knows', () => {
  it('is the event, the store with its id, the message and the language, in partials as well but for the event', () => {
    const pack = packOf({
      ...least,
      'parcel-sent.text.liquid':
        '{{ number }} {{ store.name }} {{ store.id }} {{ message.id }} {{ message.time }} {{ language }}\n{% render "own", it: number %}',
      'partials/own.text.liquid': '{{ it }} {{ store.name }} {{ message.id }} {{ language }}\n',
      'store.yaml': 'name: Mill & Sons',
      'stores/10/store.yaml': 'name: Mill 10',
    });
    const told = pack.compose({ name: 'ParcelSent', version: '1.0' }, sent, contextFor({ as: 'text', store: '10' })).body;
    expect(told).toBe('12007 Mill 10 10 m-1 2026-03-17T08:00:00.000Z en\n12007 Mill 10 m-1 en\n');
  });

  it('leaves no empty lines where tags stood, and one where there were many', () => {
    const text =
      'Items:\n{% for item in items %}\n  {% if item.quantity != "9" %}\n  {{ item.name }}   \n  {% endif %}\n{% endfor %}\n\n\n\nBye\n';
    expect(mailOf(packOf({ ...least, 'parcel-sent.text.liquid': text })).text).toBe('Items:\n  Cabin lamp\n  Rope\n\nBye\n');
  });
});

describe('the sample of a notification', () => {
  const files = {
    ...page,
    'texts.yaml': 'hello: Hello',
    'texts.de.yaml': 'hello: Guten Tag',
    'parcel-sent.subject.liquid': "{{ 'hello' | t }}",
    'parcel-sent.text.liquid': "{{ 'hello' | t }}",
  };
  const html = "<p>{{ 'hello' | t }} {{ customer.name }} {{ store.id }}</p>{% image 'logo.png' %}";
  const sampleOf = (more: object) => packOf({ ...files, 'parcel-sent.html.liquid': html, ...more }).messages[0]?.sample;

  it('is its page with the images inside, made of the data in a file, by seed for every language and store', () => {
    const sample = sampleOf({ 'parcel-sent.sample.json': JSON.stringify(sent), 'stores/10/store.yaml': 'name: Ten' });
    const seen = [undefined, 0, 1, 2, 3, 4].map((seed) => sample?.(seed).split('data:')[0]);
    const [first, second, third, fourth] = ['Hello Ada Mill ', 'Guten Tag Ada Mill ', 'Hello Ada Mill 10', 'Guten Tag Ada Mill 10'].map(
      (text) => `<p>${text}</p>`,
    );
    expect(seen).toEqual([first, first, second, third, fourth, first]);
  });

  it('is its text where it has no page, and is not made without data', () => {
    expect(packOf({ ...least, 'parcel-sent.sample.json': JSON.stringify(sent) }).messages[0]?.sample?.()).toBe('Hello Ada Mill\n');
    expect(sampleOf({})).toBeUndefined();
  });

  it('is an object, of a notification that there is', () => {
    expect(problemsOf({ ...least, 'parcel-sent.sample.json': '[]', 'parcel-snt.sample.json': '{}' })).toEqual([
      'parcel-snt.sample.json  There is no notification "parcel-snt". Did you mean "parcel-sent"?',
      'parcel-sent.sample.json  It has to hold the data of the event, an object.',
    ]);
  });
});
