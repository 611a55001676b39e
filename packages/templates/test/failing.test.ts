import { describe, expect, it } from 'vitest';
import { compose, errorOf, htmlOf, least, mailOf, packOf, sent, textOf } from './pack.ts';

describe('a template that fails while it is rendered', () => {
  it('is told with file, line, column and reason', () => {
    const error = errorOf(() => textOf('Hello\n\n  {{ comment }}\n'));
    expect([error.code, error.at, error.retryable]).toEqual(['WB_TEMPLATES_FAILED', 'parcel-sent.text.liquid:3:6', false]);
    expect(error.message).toBe(
      'parcel-sent.text.liquid:3:6: "comment" is not there in this event. Ask first, {% if comment %}, or say what stands there instead, {{ comment | default: "" }}.',
    );
  });

  it('names the partial in which it failed, and the layout', () => {
    const files = {
      'partials/when.html.liquid': '<i>\n {{ day | date }}</i>',
      'layouts/page.html.liquid': '<html>\n\n{% block body %}{% endblock %}{{ comment }}</html>',
    };
    expect(errorOf(() => htmlOf('{% render "when", day: number %}', sent, files)).at).toBe('partials/when.html.liquid:2:2');
    expect(errorOf(() => htmlOf('{% layout "page" %}{% block body %}x{% endblock %}', sent, files)).at).toBe(
      'layouts/page.html.liquid:3:34',
    );
    expect(
      errorOf(() => htmlOf('{% layout "page" %}\n{% block body %} {{ customer | json }}{% endblock %}', sent, files)).message,
    ).toContain('json');
  });

  it('counts columns as they stand in the file where a tag has a line of its own', () => {
    expect(
      errorOf(() =>
        textOf('{% for item in items %}\n    {% if item.price %}\n  {{ item.name | money: "E" }}\n    {% endif %}\n{% endfor %}'),
      ).at,
    ).toBe('parcel-sent.text.liquid:3:3');
  });

  it.each([
    ['{{ customer }}', 'An object cannot be printed; name one of its fields, or use a filter such as join.'],
    ['{{ items }}', 'A list cannot be printed; name one of its fields, or use a filter such as join.'],
    ['{{ number | prepend: "order." | t }}', 'There is no text "order.12007".'],
    ['{{ "sent" | t }}', 'The text "sent" has a place {name}, and nothing is given for it.'],
    ['{{ "sent" | t: nme: number }}', 'The text "sent" has a place {name}, and nothing is given for it. Did you mean "nme"?'],
    ['{{ "items" | t }}', 'The text "items" has plural forms; give it a number as "count".'],
    ['{{ customer.name | number }}', 'What is given is not a number.'],
    ['{{ number | money }}', 'No currency is known: give one, as in {{ total | money: currency }}, or set "currency" in store.yaml.'],
    ['{{ sent | date: "lng" }}', '"lng" is no form of dates. Known are: short, medium, long, full, time, date-time.'],
    ['{{ customer.name | date }}', 'What is given is neither a date nor a point in time as ISO 8601 writes them.'],
    ['{{ "2026-03-16" | date: "time" }}', 'What is given is a day, and has no time.'],
  ])('says why: %s', (template, why) => {
    const texts = { 'texts.yaml': 'sent: Sent to {name}\nitems: { one: one, other: many }' };
    expect(errorOf(() => textOf(template, sent, texts)).message).toBe(`parcel-sent.text.liquid:1:1: ${why}`);
  });

  it('leaves nothing behind that would change the next rendering', () => {
    const pack = packOf({
      ...least,
      'parcel-sent.text.liquid': '{% assign who = comment | default: "nobody" %}{{ who }}{{ items[0].name | upcase }}',
    });
    const before = mailOf(pack);
    errorOf(() => mailOf(pack, { ...sent, items: [] }));
    expect(mailOf(pack)).toEqual(before);
  });
});

describe('a notification of which one part fails', () => {
  it('is not made at all, even where that part is not asked for', () => {
    const pack = packOf({ ...least, 'parcel-sent.html.liquid': '{{ comment }}' });
    for (const as of ['mail', 'text', 'html'] as const)
      expect(errorOf(() => compose(pack, sent, { as })).at).toBe('parcel-sent.html.liquid:1:4');
  });

  it('has no empty subject', () => {
    const error = errorOf(() => mailOf(packOf({ ...least, 'parcel-sent.subject.liquid': '{% if comment %}x{% endif %}' })));
    expect([error.code, error.at]).toEqual(['WB_TEMPLATES_FAILED', 'parcel-sent.subject.liquid']);
  });

  it('has no subject of any length', () => {
    const error = errorOf(() =>
      mailOf(packOf({ ...least, 'parcel-sent.subject.liquid': '{{ comment }}' }), { ...sent, comment: 'long '.repeat(200) }),
    );
    expect(error.code).toBe('WB_TEMPLATES_TOO_LARGE');
  });
});

describe('a function of a declaration that fails', () => {
  it('is told as an error of ours, with its cause', () => {
    const pack = packOf(least, { to: (data) => (data.customer.email as string).trim() });
    const error = errorOf(() => mailOf(pack, { ...sent, customer: { name: 'Ada' } }));
    expect([error.code, error.cause instanceof TypeError]).toEqual(['WB_TEMPLATES_FAILED', true]);
  });
});

describe('a notification that is to be read', () => {
  it('is refused', () => {
    const pack = packOf(least);
    const message = { id: 'm', body: Buffer.from('{}'), createdAt: 0, encoding: 'utf-8', properties: {} };
    expect(pack.recognise(message, {})).toBeUndefined();
    expect(errorOf(() => pack.read({ name: 'ParcelSent', version: '1.0' }, message, {})).code).toBe('WB_TEMPLATES_ONE_WAY');
    expect(errorOf(() => pack.compose({ name: 'ParcelLost', version: '1.0' }, sent, { time: '', messageId: '', options: {} })).code).toBe(
      'WB_TEMPLATES_UNKNOWN',
    );
  });
});
