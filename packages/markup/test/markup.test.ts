import { expect, it } from 'vitest';
import { Markup, markup } from '../src/index.ts';

it('escapes texts for content and for attributes', () => {
  expect(markup`<a title="${`"><script>'&`}">${'<b>'}</a>`.text).toBe('<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&lt;b&gt;</a>');
});

it('leaves what is markup already, alone or in a list', () => {
  const item = markup`<li>${1}</li>`;
  expect(markup`<ul>${[item, item]}${new Markup('<hr>')}</ul>`.text).toBe('<ul><li>1</li><li>1</li><hr></ul>');
});

it('leaves out what is missing', () => {
  expect(markup`<p>${undefined}${false}</p>`.text).toBe('<p></p>');
});

it('shows a NUL as what cannot be shown', () => {
  expect(markup`${'a\0b'}`.text).toBe('a\uFFFDb');
});
