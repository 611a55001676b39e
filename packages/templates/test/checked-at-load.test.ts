import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defineNotifications } from '../src/index.ts';
import { errorOf, folderWith, least, packOf, parcelNotice, problemsOf } from './pack.ts';

const text = (source: string) => ({ ...least, 'parcel-sent.text.liquid': source });

describe('a folder of templates that is loaded', () => {
  it('tells every problem of all files at once, each with its line and column', () => {
    const files = {
      'parcel-sent.subject.liquid': '{% if number %}',
      'parcel-sent.text.liquid': 'Hello\n{{ customer.nam }}\n',
      'parcel-sent.html.liquid': '<p>\n  {{ number | upcse }}\n  {{ number | downcse }}\n</p>',
    };
    expect(problemsOf(files)).toEqual([
      'parcel-sent.html.liquid:2:3  There is no filter "upcse". Did you mean "upcase"?',
      'parcel-sent.html.liquid:3:3  There is no filter "downcse". Did you mean "downcase"?',
      'parcel-sent.subject.liquid:1:1  Tag {% if number %} not closed.',
      'parcel-sent.text.liquid:2:4  "customer.nam" is not known. Did you mean "name"?',
    ]);
  });

  it('names the pack and the first place', () => {
    const error = errorOf(() => packOf(text('{{ numbr }}')));
    expect([error.message.split('\n')[0], error.at, error.retryable]).toEqual([
      'One thing is wrong with the notifications "notices":',
      'parcel-sent.text.liquid:1:4',
      false,
    ]);
  });

  it('has a subject and a text for every notification', () => {
    expect(problemsOf({ 'parcel-sent.html.liquid': 'Hello' })).toEqual([
      'parcel-sent.subject.liquid  The notification ParcelSent has no subject: the file is missing.',
      'parcel-sent.text.liquid  The notification ParcelSent has no text: the file is missing.',
    ]);
  });

  it('has no template of an unknown notification, part, folder or kind of file', () => {
    const files = {
      ...least,
      'parcel-snt.html.liquid': '',
      'parcel-sent.txt.liquid': '',
      'more/footer.html.liquid': '',
      'settings.yaml': '',
    };
    expect(problemsOf(files)).toEqual([
      'more/footer.html.liquid  The file is in a folder that holds no templates: partials are partials/NAME.html.liquid or .text.liquid, layouts the same in layouts/.',
      'parcel-sent.txt.liquid  The file is not named NAME.PART.liquid or NAME.LANGUAGE.PART.liquid, with one of the parts subject, text, html.',
      'parcel-snt.html.liquid  There is no notification "parcel-snt". Did you mean "parcel-sent"?',
      'settings.yaml  The file is neither texts.yaml, texts.LANGUAGE.yaml, store.yaml nor NAME.sample.json.',
    ]);
  });

  it('may have notes, hidden files and copies of editors beside the templates', () => {
    expect(packOf({ ...least, 'README.md': '', '.DS_Store': '', 'parcel-sent.text.liquid~': '{{' }).name).toBe('notices');
  });

  it('has languages in their usual spelling, and that of the pack in no name', () => {
    const files = { ...least, 'parcel-sent.de-at.text.liquid': 'Servus', 'parcel-sent.en.text.liquid': 'Hello' };
    expect(problemsOf(files)).toEqual(
      expect.arrayContaining([
        'parcel-sent.de-at.text.liquid  "de-at" is no language; write "de-AT".',
        'parcel-sent.en.text.liquid  "en" is the language of the pack: leave it out of the name.',
      ]),
    );
  });

  it('is read itself, and nothing that a link in it leads to', () => {
    const folder = folderWith(least);
    symlinkSync('/etc/passwd', join(folder, 'logo.png'));
    const error = errorOf(() => defineNotifications({ name: 'notices', summary: 'S.', folder, language: 'en', messages: [parcelNotice] }));
    expect(error.message).toContain('logo.png  It is a link.');
  });

  it('is there', () => {
    const error = errorOf(() =>
      defineNotifications({ name: 'notices', summary: 'S.', folder: '/nowhere/at-all', language: 'en', messages: [parcelNotice] }),
    );
    expect(error.message).toContain('The folder cannot be read: ENOENT');
  });

  it('is written in UTF-8', () => {
    expect(problemsOf({ ...least, 'parcel-sent.text.liquid': Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]) })).toEqual([
      'parcel-sent.text.liquid  It is not written in UTF-8.',
    ]);
  });
});

describe('a name in a template', () => {
  it.each([
    ['{% for one in items %}{{ one.nme }}{% endfor %}', '1:26  "one.nme" is not known. Did you mean "name"?'],
    ['{% if customer.emial %}x{% endif %}', '1:7  "customer.emial" is not known. Did you mean "email"?'],
    ['{% unless a == b %}{% endunless %}', '1:11  "a" is not known. Known are:'],
    ['{{ "x" | append: nmber }}', '1:18  "nmber" is not known. Did you mean "number"?'],
    ['{% assign who = customer %}{{ who.nme }}', '1:31  "who.nme" is not known. Did you mean "name"?'],
    ['{{ items[0].nme }}', '1:4  "items.0.nme" is not known. Did you mean "name"?'],
    ['{{ items.first.nme }}', '1:4  "items.first.nme" is not known. Did you mean "name"?'],
    ['{% for i in items %}{{ forloop.indx }}{% endfor %}', '1:24  "forloop.indx" is not known. Did you mean "index"?'],
    ['{{ store.nme }}', '1:4  "store.nme" is not known. Did you mean "name"?'],
    ['{{ number.length }}', '1:4  "number.length" is not known.'],
    ['{{ card }}', '1:4  "card" is secret, and cannot be told to people.'],
    ['Hello\n  {% if numbr %}\n  {% endif %}\n', '2:9  "numbr" is not known. Did you mean "number"?'],
  ])('has to be known: %s', (source, problem) => {
    const [told = '', ...more] = problemsOf({ ...text(source), 'store.yaml': 'name: Mill & Sons' });
    expect([told.startsWith(`parcel-sent.text.liquid:${problem}`) ? problem : told, more.length]).toEqual([
      problem,
      source.includes('a == b') ? 1 : 0,
    ]);
  });

  it('is known in a partial only where it was given', () => {
    const files = { ...text('{% render "who", person: customer %}'), 'partials/who.text.liquid': '{{ person.nme }} {{ number }}' };
    expect(problemsOf(files)).toEqual([
      'partials/who.text.liquid:1:4  "person.nme" is not known. Did you mean "name"?',
      expect.stringMatching(/^partials\/who\.text\.liquid:1:21 {2}"number" is not known\. Known are: /),
    ]);
  });

  it('is known in a layout as where it is used', () => {
    const files = { ...text('{% layout "page" %}{% block body %}{% endblock %}'), 'layouts/page.text.liquid': '{{ numbr }}' };
    expect(problemsOf(files)).toEqual(['layouts/page.text.liquid:1:4  "numbr" is not known. Did you mean "number"?']);
  });
});

describe('what a template asks for', () => {
  it.each([
    ['{% render "footer" %}', '1:1  There is no partial partials/footer.text.liquid.'],
    ['{% layout "page" %}', '1:1  There is no layout layouts/page.text.liquid.'],
    ['{% render number %}', '1:1  The name of a partial has to stand there as it is, in quotes.'],
    ['{% include "footer" %}', '1:1  There is no tag "include".'],
    ['{{ "hello" | t }}', '1:4  There is no text "hello".'],
    [
      '{{ number | raw }}',
      '1:1  There is no filter "raw". For HTML that nobody but you has written: trusted_html; for texts with tags in them: t_html.',
    ],
    ['{{ "now" | sample }}', '1:1  There is no filter "sample".'],
  ])('has to be there: %s', (source, problem) => {
    expect(problemsOf(text(source))).toEqual([`parcel-sent.text.liquid:${problem}`]);
  });

  it('has an image of that name', () => {
    const files = { ...least, 'logo.png': 'png', 'parcel-sent.html.liquid': '<img src="{% image \'lgo.png\' %}">\n{% image logo %}' };
    expect(problemsOf(files)).toEqual([`parcel-sent.html.liquid:2:1  The name of an image stands in quotes: {% image 'logo.png' %}.`]);
    expect(problemsOf({ ...files, 'parcel-sent.html.liquid': '<img src="{% image \'lgo.png\' %}">' })).toEqual([
      'parcel-sent.html.liquid:1:11  There is no image "lgo.png". Did you mean "logo.png"?',
    ]);
  });

  it('does not lead back to itself', () => {
    const files = {
      ...text('{% render "a" %}'),
      'partials/a.text.liquid': '{% render "b" %}',
      'partials/b.text.liquid': '{% render "a" %}',
    };
    expect(problemsOf(files)).toEqual(['partials/b.text.liquid:1:1  The partial "a" would stand inside of itself.']);
  });
});

describe('the declaration of a notification', () => {
  it('names fields that its event has, and that hold texts', () => {
    expect(problemsOf(least, { to: 'customer.emial', language: 'items', thread: ['number', 'nmber'] })).toEqual([
      'the declaration  ParcelSent: "to" names "customer.emial", a field of parcel.sent that is not known. Did you mean "email"?',
      'the declaration  ParcelSent: "language" names "items", which is no text.',
      'the declaration  ParcelSent: "thread" names "nmber", a field of parcel.sent that is not known. Did you mean "number"?',
    ]);
  });

  it('names files to attach that are there', () => {
    expect(problemsOf({ ...least, 'terms.pdf': 'pdf' }, { attachments: [{ file: 'term.pdf' }] })).toEqual([
      'the declaration  ParcelSent: there is no file "term.pdf" to attach. Did you mean "terms.pdf"?',
    ]);
  });
});

describe('the texts of a folder', () => {
  const translated = text('{{ "hello" | t: name: customer.name }}');

  it('are the same ones in every language', () => {
    const files = {
      ...translated,
      'texts.yaml': 'hello: Hello {name}\nbye: Bye',
      'texts.de.yaml': 'hello: Guten Tag {name}\nby: Auf bald',
    };
    expect(problemsOf(files).filter((problem) => !problem.includes('two languages') && problem.startsWith('texts'))).toEqual([
      'texts.de.yaml  The text "bye" is missing.',
      'texts.de.yaml  The text "by" is not among those of the pack. Did you mean "bye"?',
    ]);
  });

  it('are texts, and a file that is not well written is told with its place', () => {
    expect(problemsOf({ ...translated, 'texts.yaml': 'hello: 5' })).toContain('texts.yaml  "hello" has to be a text; put it in quotes.');
    expect(problemsOf({ ...translated, 'texts.yaml': 'hello: Hello\nhello: Twice' })[0]).toMatch(
      /^texts\.yaml:2:1 {2}Map keys must be unique/,
    );
  });

  it('may be JSON, of which the place of a fault is told as well', () => {
    expect(problemsOf({ ...translated, 'texts.json': '{\n  "hello": "Hello",\n}' })[0]).toBe(
      'texts.json:3:1  It is not well written JSON from there on.',
    );
    expect(packOf({ ...translated, 'texts.json': '{ "hello": "Hello" }' }).name).toBe('notices');
  });

  it('leave no part of a notification in the language of the pack beside others that are translated', () => {
    const files = { ...least, 'parcel-sent.de.subject.liquid': 'Ihr Paket {{ number }}' };
    expect(problemsOf(files)).toContain(
      'parcel-sent.text.liquid  It would stand in the language of the pack beside parcel-sent.de.subject.liquid in "de". Write a file for "de", or take its texts from texts.yaml by the filter t.',
    );
  });
});

describe('the facts of a store', () => {
  it('are a language, a time zone and a currency that there are', () => {
    const files = { ...least, 'store.yaml': 'language: 5\ntimeZone: Mars/Olympus\ncurrency: Euro' };
    expect(problemsOf(files)).toEqual([
      'store.yaml  "language" has to be such as "de-AT".',
      'store.yaml  "timeZone" has to be such as "Europe/Berlin".',
      'store.yaml  "currency" has to be such as "EUR".',
    ]);
  });
});
