import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlStream } from '../src/index.ts';
import { ignore, Recorder, refusal, treeOf } from './support/recorder.ts';
import { sample } from './support/sample.ts';

const encoder = new TextEncoder();

function write(stream: XmlStream, body: Uint8Array, cuts: readonly number[]): void {
  let from = 0;
  for (const to of [...cuts].sort((a, b) => a - b)) {
    stream.write(body.subarray(from, to));
    from = to;
  }
  stream.write(body.subarray(from));
  stream.end();
}

describe('a document in pieces', () => {
  const body = encoder.encode(`\ufeff${sample.replaceAll('\n', '\r\n')}`);

  it('is read the same however it is cut', () => {
    const whole = treeOf(body);
    fc.assert(
      fc.property(fc.array(fc.nat(body.length), { maxLength: 40 }), (cuts) => {
        const recorder = new Recorder();
        write(new XmlStream(recorder), body, cuts);
        expect(recorder.root).toEqual(whole);
      }),
    );
  });

  it('is read the same byte by byte', () => {
    const recorder = new Recorder();
    write(new XmlStream(recorder), body, Array.from(body.keys()));
    expect(recorder.root).toEqual(treeOf(body));
  });

  it('is refused with the same code and place however it is cut', () => {
    const faulty = encoder.encode(`${sample.slice(0, -30)}</wrong>`);
    const whole = refusal(() => treeOf(faulty));
    fc.assert(
      fc.property(fc.array(fc.nat(faulty.length), { maxLength: 40 }), (cuts) => {
        expect(refusal(() => write(new XmlStream(ignore), faulty, cuts))).toEqual(whole);
      }),
    );
  });

  it('is refused at the first wrong byte, also where that is cut from what is before it', () => {
    const faulty = Uint8Array.of(0x3c, 0x61, 0x3e, 0xe2, 0x82, 0x3c, 0x2f, 0x61, 0x3e);
    for (const cuts of [[], [4], [5], [4, 5]])
      expect(refusal(() => write(new XmlStream(ignore), faulty, cuts))).toMatchObject({ code: 'WB_XML_INVALID_UTF8', at: 'a, 1:3' });
  });

  it('is known for UTF-16 also when its first byte comes alone', () => {
    const wide = Buffer.from('\ufeff<a/>', 'utf16le');
    expect(refusal(() => write(new XmlStream(ignore), wide, [0, 1])).code).toBe('WB_XML_ENCODING');
    expect(refusal(() => write(new XmlStream(ignore), wide.subarray(0, 1), [])).code).toBe('WB_XML_INVALID_UTF8');
  });

  it('hands out elements before the document is complete', () => {
    const names: string[] = [];
    const stream = new XmlStream({ ...ignore, endElement: (name) => names.push(name) });
    stream.write(encoder.encode('<a><b/><c>'));
    expect(names).toEqual(['b']);
  });
});

describe('a stream that has refused its document', () => {
  it('throws the same error at every further call', () => {
    const stream = new XmlStream(ignore);
    const first = refusal(() => stream.write(encoder.encode('<a></b>')));
    expect(refusal(() => stream.write(encoder.encode('<c/>')))).toEqual(first);
    expect(refusal(() => stream.end())).toEqual(first);
  });

  it('does so after an error of its handler, too', () => {
    const stop = new Error('enough');
    const stream = new XmlStream({
      ...ignore,
      startElement: () => {
        throw stop;
      },
    });
    expect(() => stream.write(encoder.encode('<a>'))).toThrow(stop);
    expect(() => stream.end()).toThrow(stop);
  });
});

describe('a stream that has ended', () => {
  it('takes nothing more', () => {
    const stream = new XmlStream(ignore);
    stream.write(encoder.encode('<a/>'));
    stream.end();
    expect(() => stream.write(encoder.encode('<a/>'))).toThrow('The document has ended.');
    expect(() => stream.end()).toThrow('The document has ended.');
  });
});

describe('a document larger than memory should hold', () => {
  it('is read in constant memory', () => {
    const piece = encoder.encode('<row><id>12007</id><name>Häuschen &amp; Sohn</name></row>\n'.repeat(2000));
    let rows = 0;
    const stream = new XmlStream(
      {
        ...ignore,
        endElement: (name) => {
          if (name === 'row') rows++;
        },
      },
      { limits: { bytes: Number.POSITIVE_INFINITY, elements: Number.POSITIVE_INFINITY } },
    );
    const pour = (times: number): void => {
      for (let n = 0; n < times; n++) stream.write(piece);
    };
    stream.write(encoder.encode('<rows>'));
    pour(10);
    const before = memoryInUse();
    pour(200);
    // 23 MB went through in between.
    expect(memoryInUse() - before).toBeLessThan(2_000_000);
    stream.write(encoder.encode('</rows>'));
    stream.end();
    expect(rows).toBe(420_000);
  });
});

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
