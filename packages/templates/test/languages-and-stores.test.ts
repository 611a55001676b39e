import { describe, expect, it } from 'vitest';
import { mailOf, packOf, sent } from './pack.ts';

const speaking = (language?: string) => ({ ...sent, customer: { ...sent.customer, language } });

describe('a part of a notification', () => {
  const part = (who: string) => ({ [`${who}.subject.liquid`]: who, [`${who}.text.liquid`]: who });
  const pack = packOf({
    ...part('parcel-sent'),
    ...part('parcel-sent.de'),
    ...part('parcel-sent.de-AT'),
    ...part('stores/10/parcel-sent'),
    ...part('stores/10/parcel-sent.de'),
    ...part('stores/20/parcel-sent.fr'),
  });

  it.each([
    ['de', '10', 'stores/10/parcel-sent.de'],
    ['de-CH', '10', 'stores/10/parcel-sent.de'],
    ['en', '10', 'stores/10/parcel-sent'],
    ['it', '10', 'stores/10/parcel-sent'],
    ['de', '20', 'parcel-sent.de'],
    ['de-AT', '20', 'parcel-sent.de-AT'],
    ['de_at', undefined, 'parcel-sent.de-AT'],
    ['de-CH', undefined, 'parcel-sent.de'],
    ['fr', '20', 'stores/20/parcel-sent.fr'],
    ['fr', '10', 'stores/10/parcel-sent'],
    ['fr', undefined, 'parcel-sent'],
    ['de-Latn-AT-x-own-u-ca-hebrew', undefined, 'parcel-sent.de'],
    ['de-AT-u-nu-arab', undefined, 'parcel-sent.de-AT'],
    ['de'.repeat(100), undefined, 'parcel-sent'],
    [undefined, undefined, 'parcel-sent'],
    ['no language', undefined, 'parcel-sent'],
    ['de', '30', 'parcel-sent.de'],
  ])('in %s for store %s is %s', (language, store, found) => {
    const { subject, text } = mailOf(pack, speaking(language), store === undefined ? {} : { store });
    expect([subject, text]).toEqual([found, `${found}\n`]);
  });

  it('of the store and the language comes before that of the store in another, for all parts alike', () => {
    const { language } = mailOf(pack, speaking('de-CH'), { store: '10' });
    expect(language).toBe('de-CH');
  });
});

describe('a notification that is not written in a language', () => {
  const files = { 'parcel-sent.subject.liquid': '{{ sent | date }}', 'parcel-sent.text.liquid': 'Sent', 'store.yaml': 'language: en-GB' };

  it('is told in that of the store, numbers and dates as well', () => {
    const { subject, language } = mailOf(packOf(files), speaking('de'));
    expect([subject, language]).toEqual(['16 March 2026', 'en-GB']);
  });

  it('is told in that of the pack where the store has none', () => {
    const { subject, language } = mailOf(packOf({ ...files, 'store.yaml': '' }), speaking('de'));
    expect([subject, language]).toEqual(['March 16, 2026', 'en']);
  });

  it('is told in it all the same where the language of the pack is a wider one', () => {
    expect(mailOf(packOf(files), speaking('en-CA')).language).toBe('en-CA');
  });
});

describe('the texts of a notification', () => {
  const files = {
    'parcel-sent.subject.liquid': '{{ "subject" | t: number: number }}',
    'parcel-sent.text.liquid': '{{ "greeting.hello" | t: name: customer.name }} {{ "items" | t: count: items.size }} {{ "bye" | t }}',
    'texts.yaml':
      'subject: Parcel {number}\ngreeting: { hello: "Hello {name}," }\nitems: { one: "{count} item", other: "{count} items" }\nbye: Bye',
    'texts.de.yaml':
      'subject: Paket {number}\ngreeting: { hello: "Guten Tag {name}," }\nitems: { one: "{count} Artikel", other: "{count} Artikel" }\nbye: Auf bald',
    'texts.de-AT.yaml': 'greeting: { hello: "Servus {name}," }',
    'stores/10/texts.yaml': 'bye: Yours, Mill & Sons',
    'texts.pl.json':
      '{"subject":"Paczka {number}","greeting":{"hello":"Dzień dobry {name},"},"items":{"one":"{count} artykuł","few":"{count} artykuły","many":"{count} artykułów","other":"{count} artykułu"},"bye":"Do widzenia"}',
  };
  const pack = packOf(files);
  const told = (language: string, store?: string) => mailOf(pack, speaking(language), store === undefined ? {} : { store }).text;

  it('are found by language, and by store before the site', () => {
    expect(told('en')).toBe('Hello Ada Mill, 2 items Bye\n');
    expect(told('en', '10')).toBe('Hello Ada Mill, 2 items Yours, Mill & Sons\n');
    expect(told('de')).toBe('Guten Tag Ada Mill, 2 Artikel Auf bald\n');
    expect(mailOf(pack, speaking('de')).subject).toBe('Paket 12007');
  });

  it('of a region are those of the language but for what it says itself', () => {
    expect(told('de-AT')).toBe('Servus Ada Mill, 2 Artikel Auf bald\n');
  });

  it('of a store in the language of the pack do not stand in a mail in another one', () => {
    expect(told('de', '10')).toBe('Guten Tag Ada Mill, 2 Artikel Auf bald\n');
  });

  it('have the plural forms of their language', () => {
    const items = (count: number) => mailOf(pack, { ...speaking('pl'), items: Array.from({ length: count }, () => sent.items[0]) }).text;
    expect([1, 2, 5, 22].map((count) => items(count).split(',')[1]?.trim())).toEqual([
      '1 artykuł Do widzenia',
      '2 artykuły Do widzenia',
      '5 artykułów Do widzenia',
      '22 artykuły Do widzenia',
    ]);
  });
});

describe('a part whose only texts have keys that the event tells', () => {
  it('is translated all the same', () => {
    const text = '{{ number | prepend: "state." | t }}';
    const files = {
      'parcel-sent.subject.liquid': text,
      'parcel-sent.text.liquid': text,
      'texts.yaml': 'state: { "12007": sent }',
      'texts.de.yaml': 'state: { "12007": unterwegs }',
    };
    expect(mailOf(packOf(files), speaking('de')).subject).toBe('unterwegs');
  });
});

describe('languages that nobody has heard of', () => {
  it('are told in that of the pack, and thousands of regions fill no memory', () => {
    const pack = packOf({ 'parcel-sent.subject.liquid': '{{ sent | date }}', 'parcel-sent.text.liquid': 'x' });
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const regions = letters.flatMap((a) => letters.map((b) => `en-${a}${b}`));
    expect(regions.map((region) => mailOf(pack, speaking(region)).subject).filter((subject) => !subject.includes('2026'))).toEqual([]);
    expect(mailOf(pack, speaking('tlh')).language).toBe('en');
  });
});

describe('partials, layouts, images and files', () => {
  const files = {
    'parcel-sent.subject.liquid': '{{ "s" | t }}',
    'parcel-sent.text.liquid': '{{ "s" | t }}{% render "footer" %}',
    'parcel-sent.html.liquid': '{% layout "page" %}{% block body %}{% image "logo.png" %}{% endblock %}',
    'layouts/page.html.liquid': '{{ "s" | t }} {% block body %}{% endblock %}',
    'stores/10/layouts/page.html.liquid': '{{ "s" | t }} of store 10 {% block body %}{% endblock %}',
    'partials/footer.text.liquid': 'footer',
    'partials/footer.de.text.liquid': 'Fuß',
    'stores/10/partials/footer.text.liquid': 'footer of store 10',
    'logo.png': 'site',
    'stores/10/logo.png': 'store',
    'terms.pdf': 'terms',
    'terms.de.pdf': 'AGB',
    'texts.yaml': 's: Parcel',
    'texts.de.yaml': 's: Paket',
  };
  const pack = packOf(files, { attachments: [{ file: 'terms.pdf' }] });
  const bytes = (base64 = '') => Buffer.from(base64, 'base64').toString();

  it('are looked up for the store and the language of the mail, wherever they are asked for', () => {
    const site = mailOf(pack, speaking('de'));
    expect([site.text, site.html?.split(' cid')[0]]).toEqual(['PaketFuß\n', 'Paket']);
    expect([bytes(site.images?.[0]?.content), bytes(site.attachments?.[0]?.['content'])]).toEqual(['site', 'AGB']);
    const store = mailOf(pack, speaking('en'), { store: '10' });
    expect([store.text, store.html?.split(' cid')[0]]).toEqual(['Parcelfooter of store 10\n', 'Parcel of store 10']);
    expect([bytes(store.images?.[0]?.content), bytes(store.attachments?.[0]?.['content'])]).toEqual(['store', 'terms']);
  });
});
