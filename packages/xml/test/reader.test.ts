import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../src/index.ts';
import { ignore, treeOf, treeOfBytes } from './support/recorder.ts';
import { sample } from './support/sample.ts';

describe('a document', () => {
  it('is reported as elements, attributes and text', () => {
    expect(treeOfBytes('<a x="1"><b>t</b> <p:c p:y=\'2\'/></a>')).toEqual({
      name: 'a',
      attributes: { x: '1' },
      content: [{ name: 'b', attributes: {}, content: ['t'] }, ' ', { name: 'p:c', attributes: { 'p:y': '2' }, content: [] }],
    });
  });

  it('is read the same from bytes and from text', () => {
    expect(treeOf(sample)).toEqual(treeOfBytes(sample));
  });

  it('may begin with a byte order mark, as bytes and as text', () => {
    expect(treeOfBytes('\ufeff<a/>').name).toBe('a');
    expect(treeOf('\ufeff<?xml version="1.0"?><a/>').name).toBe('a');
  });

  it('keeps a byte order mark in the middle, where it is a character like others', () => {
    expect(treeOfBytes('<a>\ufeff</a>').content).toEqual(['\ufeff']);
    const name = '\ufeffWithMoreThanSixteenBytes';
    expect(treeOfBytes(`<${name} ${name}="${name}">${name}<!---->${name}</${name}>`)).toEqual({
      name,
      attributes: { [name]: name },
      content: [name + name],
    });
  });

  it.each(['UTF-8', 'utf-8', 'utf8', 'US-ASCII'])('may declare the encoding %s', (encoding) => {
    expect(treeOfBytes(`<?xml version="1.0" encoding="${encoding}" standalone="yes"?><a>ü</a>`).content).toEqual(['ü']);
  });
});

describe('text', () => {
  it('has its entities and character references decoded', () => {
    expect(treeOfBytes('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F69A;</a>').content).toEqual(['<>&"\'A🚚']);
  });

  it('includes CDATA as it stands', () => {
    expect(treeOfBytes('<a>x<![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>').content).toEqual(['x<b>&amp;]]>']);
  });

  it('has line ends as line feeds, except those that were written as references', () => {
    expect(treeOfBytes('<a>1\r\n2\r3\n4&#13;</a>').content).toEqual(['1\n2\n3\n4\r']);
  });

  it('continues behind comments and instructions', () => {
    expect(treeOfBytes('<a>x<!-- - > <b> ] -->y<?p ? > <c>?>z</a>').content).toEqual(['xyz']);
  });

  it('outside the root is not reported', () => {
    const texts: string[] = [];
    parseXml('\n<!-- c -->\n<a>t</a>\n\n', { ...ignore, text: (text) => texts.push(text) });
    expect(texts).toEqual(['t']);
  });
});

describe('attributes', () => {
  it('have plain white space as blanks, and references as they are meant', () => {
    expect(treeOfBytes('<a x="1\t2\r\n3&#9;4&#10;5"/>').attributes).toEqual({ x: '1 2 3\t4\n5' });
  });

  it('have no prototype, so that no name is special', () => {
    parseXml('<a __proto__="1" constructor="2" toString="3"/>', {
      ...ignore,
      startElement: (_name, attributes) => {
        expect(Object.getPrototypeOf(attributes)).toBeNull();
        expect(Object.entries(attributes)).toEqual([
          ['__proto__', '1'],
          ['constructor', '2'],
          ['toString', '3'],
        ]);
      },
    });
  });
});

describe('the number of attributes', () => {
  it('is told with each element, whatever stands in front of it', () => {
    const counts: string[] = [];
    parseXml('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a SYSTEM "a.dtd"><?p q="1"?><a x="1" y=""><b/><c z="2"></c></a>', {
      ...ignore,
      startElement: (name, _attributes, _position, count) => counts.push(`${name} ${count}`),
    });
    expect(counts).toEqual(['a 2', 'b 0', 'c 1']);
  });
});

describe('the position of an element', () => {
  const positions = (text: string): readonly string[] => {
    const found: string[] = [];
    parseXml(new TextEncoder().encode(text), {
      ...ignore,
      startElement: (name, _attributes, position) => found.push(`${name} ${position().line}:${position().column}`),
    });
    return found;
  };

  it('is where its start tag begins', () => {
    expect(positions('<a>\n  <b x="1"/><c>\r\n</c>\r<d\n\n  y="2"\n  ></d></a>')).toEqual(['a 1:1', 'b 2:3', 'c 2:13', 'd 4:1']);
  });

  it('counts characters, not UTF-16 units or bytes', () => {
    expect(positions('<a>ü🚚<b/></a>')).toEqual(['a 1:1', 'b 1:6']);
  });

  it('is right behind a byte order mark and a prolog', () => {
    expect(positions('\ufeff<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "a.dtd">\n  <a/>')).toEqual(['a 3:3']);
  });

  it('is right in documents that are read in many pieces', () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `<row n="${row}"/>`);
    const found = positions(`<all>\n${rows.join('\n')}\n</all>`);
    const wrong = found.slice(1).filter((place, row) => place !== `row ${row + 2}:1`);
    // A tag that was cut in two by the end of a piece is placed where it ends.
    expect(wrong.length).toBeLessThan(10);
    expect(wrong.every((place) => /^row \d+:1[0-9]$/.test(place))).toBe(true);
  });
});

describe('a DOCTYPE', () => {
  it.each([
    '<!DOCTYPE a>',
    '<!DOCTYPE a SYSTEM "a.dtd">',
    `<!DOCTYPE a SYSTEM 'http://127.0.0.1/"[>.dtd'>`,
    '<!DOCTYPE  p:a\n PUBLIC "-//Depot//DTD a 1.0//EN"\n "a.dtd" >',
  ])('is accepted: %s', (doctype) => {
    expect(treeOfBytes(`${doctype}<a/>`).name).toBe('a');
  });

  it('names a DTD that is never fetched', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end('<!ENTITY e "fetched">');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(treeOfBytes(`<!DOCTYPE a SYSTEM "${address}/a.dtd"><a>t</a>`).content).toEqual(['t']);
    await (await fetch(`${address}/last`)).text();
    expect(asked).toEqual(['/last']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('what a handler throws', () => {
  it('ends the reading and reaches the caller unchanged', () => {
    const stop = new Error('enough');
    const names: string[] = [];
    const attempt = (): void =>
      parseXml('<a><b/><c/></a>', {
        ...ignore,
        startElement: (name) => {
          names.push(name);
          if (name === 'b') throw stop;
        },
      });
    expect(attempt).toThrow(stop);
    expect(names).toEqual(['a', 'b']);
  });
});

describe('a handler that reads another document', () => {
  it('does not disturb the one in hand', () => {
    const names: string[] = [];
    parseXml('<a><b/></a>', {
      ...ignore,
      startElement: (name) => {
        names.push(name, treeOf(`<x-${name}/>`).name);
      },
    });
    expect(names).toEqual(['a', 'x-a', 'b', 'x-b']);
  });
});
