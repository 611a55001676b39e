import type { WaybillError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, errorOf, htmlOf, least, mailOf, packOf, sent, textOf } from './pack.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; & co.',
  '{{ number }}{% raw %}',
  '{% render "footer" %}{{ store | json }}',
  'one\r\nBcc: other@evil.example\r\n\r\nbody',
  '\u0000\u001b[31m\u2028\u2029',
  '__proto__',
  '\ud800 half',
];
const texts = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

const page = packOf({
  'parcel-sent.subject.liquid': 'Parcel for {{ customer.name }}\n',
  'parcel-sent.text.liquid': '[[{{ customer.name }}]]',
  'parcel-sent.html.liquid':
    '<p title="{{ customer.name }}" lang=\'{{ customer.name }}\'>{{ customer.name }}|{{ "hello" | t_html: name: customer.name }}</p>',
  'texts.yaml': 'hello: <b>{name}</b>',
});
const named = (name: string) => ({ ...sent, customer: { ...sent.customer, name } });

/** What a step answers, or the code of its error. */
function outcomeOf<Answer>(step: () => Answer): Answer | string {
  try {
    return step();
  } catch (error) {
    return (error as WaybillError).code;
  }
}

/** What a browser makes of a text without tags. */
function unescaped(html: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replaceAll(/&(#?\w+);/g, (_, name: string) => characters[name] ?? '?');
}

describe('whatever the data of an event hold', () => {
  it('stands as text in a page, between tags, in attributes and in translated HTML', () => {
    fc.assert(
      fc.property(texts, (name) => {
        const { html = '' } = mailOf(page, named(name));
        const [, title = '', lang = '', body = '', bold = ''] =
          /^<p title="([^"<>]*)" lang='([^'<>]*)'>([^<>]*)\|<b>([^<>]*)<\/b><\/p>$/.exec(html) ?? [];
        const meant = name.toWellFormed();
        expect([title, lang, body, bold].map(unescaped)).toEqual([meant, meant, meant, meant]);
      }),
    );
  });

  it('stands in a text as it is, but for control characters and blanks at the ends of lines', () => {
    fc.assert(
      fc.property(texts, (name) => {
        const { text } = mailOf(page, named(name));
        const plain = (value: string) => value.toWellFormed().replaceAll(/[\s\p{Cc}]/gu, '');
        expect(plain(text)).toBe(`[[${plain(name)}]]`);
        expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
    );
  });

  it('leaves the subject in one line', () => {
    fc.assert(
      fc.property(texts, (name) => {
        expect(mailOf(page, named(name)).subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  it('is escaped once where it was captured, and what is captured is text', () => {
    const captured =
      '{% capture who %}<b>{{ customer.name }}</b>{% capture in %}{{ customer.name }}{% endcapture %}{{ in }}{% endcapture %}{{ who }}|{{ customer.name }}';
    expect(unescaped(htmlOf(captured, named("O'Hara & <i>")))).toBe("<b>O'Hara & <i></b>O'Hara & <i>|O'Hara & <i>");
    expect(htmlOf(captured, named("O'Hara & <i>"))).not.toMatch(/[<>]|&amp;(amp|lt|#)/);
  });

  it('is never read as a template', () => {
    const name = '{{ number }}{% if true %}x{% endif %}';
    const { subject, text, html = '' } = mailOf(page, named(name));
    expect([subject, text]).toEqual([`Parcel for ${name}`, `[[${name}]]\n`]);
    expect(unescaped(html)).toContain(`>${name}|`);
  });

  it('gives a template nothing that is not in it', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const error = errorOf(() => packOf({ ...least, 'parcel-sent.text.liquid': `{{ customer.${name} }}` }));
      expect(error.message).toContain(`"customer.${name}" is not known.`);
    }
    expect(textOf('{% assign key = "constructor" %}{{ customer[key] | default: "nothing" }}')).toBe('nothing\n');
  });

  it('is a link only where it is an address of the web', () => {
    const link = (address: string) => () => htmlOf('<a href="{{ comment | web_address }}">x</a>', { ...sent, comment: address });
    expect(link('https://track.example/a?b=1&c=2')()).toBe('<a href="https://track.example/a?b=1&amp;c=2">x</a>');
    for (const address of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'https://a b', ' https://a.example', 'https://"']) {
      expect(errorOf(link(address)).message).toContain('is no address that begins with https://');
    }
  });
});

describe('an address in the data', () => {
  const to = (email: string) => ({ ...sent, customer: { ...sent.customer, email } });

  it.each([
    'a@b.example, c@evil.example',
    'a@b.example;c@evil.example',
    'a@b.example\r\nBcc: c@evil.example',
    'Ada <a@b.example>',
    '<a@b.example>',
    'a b@c.example',
    'a@b@c.example',
    'a@',
    '@b.example',
    'nobody',
    '"a, b"@c.example',
    'a@b.example\u0000',
    'a@b\u2028.example',
    `${'a'.repeat(65)}@b.example`,
    'a(comment)@b.example',
  ])('is one address or refused: %j', (email) => {
    const error = errorOf(() => mailOf(packOf(least), to(email)));
    expect([error.code, error.message.includes(email)]).toEqual(['WB_TEMPLATES_BAD_ADDRESS', false]);
  });

  it('never becomes two, and its name never a header', () => {
    const pack = packOf(least);
    fc.assert(
      fc.property(texts, texts, (email, name) => {
        const data = { ...sent, customer: { email, name } };
        const outcome = outcomeOf(() => [mailOf(pack, data).to, compose(pack, data, { as: 'text' }).properties?.['to']] as const);
        const [people = [], property] = typeof outcome === 'string' ? [] : outcome;
        const isOne = /^[^\s\p{C},;:<>()[\]"\\@]+@[^\s\p{C},;:<>()[\]"\\@]+$/u.test(email.trim());
        const refusals = ['WB_TEMPLATES_BAD_ADDRESS', 'WB_TEMPLATES_NO_RECIPIENT'];
        const seen = typeof outcome === 'string' ? [refusals.includes(outcome)] : [people.length, people[0]?.address, property];
        expect(seen).toEqual(isOne ? [1, email.trim(), email.trim()] : [true]);
        expect(people[0]?.name ?? '').not.toMatch(/\p{C}/u);
      }),
    );
  });

  it('may have letters of every language, and a plus', () => {
    expect(mailOf(packOf(least), to('ada+orders@mühle.example')).to).toEqual([{ name: 'Ada Mill', address: 'ada+orders@mühle.example' }]);
  });

  it('has to be there where the notification names its field', () => {
    const { email: _, ...customer } = sent.customer;
    const error = errorOf(() => mailOf(packOf(least), { ...sent, customer }));
    expect([error.code, error.retryable]).toEqual(['WB_TEMPLATES_NO_RECIPIENT', false]);
  });
});

describe('a template that does not end', () => {
  it.each([
    ['{% for i in (1..99999999) %}x{% endfor %}', 'Memory alloc limit exceeded.'],
    ['{% for i in (1..1000) %}{{ comment }}{% endfor %}', 'It makes more than 2000000 characters.'],
  ])('is ended, and nothing is sent: %s', (template, what) => {
    const error = errorOf(() => textOf(template, { ...sent, comment: 'x'.repeat(50_000) }));
    expect([error.code, error.message.endsWith(what)]).toEqual(['WB_TEMPLATES_FAILED', true]);
  });

  it('does not become longer than a mail by its own words', () => {
    const error = errorOf(() => textOf(`{% for i in (1..9000) %}${'words '.repeat(50)}{% endfor %}`));
    expect(error.code).toBe('WB_TEMPLATES_TOO_LARGE');
  });
});

describe('data that are not those of the event', () => {
  it.each([null, 42, 'text', [], {}, { customer: null }, { customer: { email: 5 } }])('are an error of ours: %j', (data) => {
    const { code, retryable } = errorOf(() => mailOf(packOf(least), data));
    expect([code.startsWith('WB_TEMPLATES_'), retryable]).toEqual([true, false]);
  });
});
