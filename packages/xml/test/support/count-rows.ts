// Run as a process of its own: counts the rows of the file that it is given, and says what it saw, or where the file is wrong.
import { createReadStream } from 'node:fs';
import { MessageError } from '@waybill/contract';
import { eachElement, TreeReader, type XmlTree } from '../../src/index.ts';

let [rows, last]: [number, XmlTree | undefined] = [0, undefined];
let fault: string | undefined;
try {
  for await (const row of eachElement(createReadStream(process.argv[2]!), 'Row', () => new TreeReader())) {
    rows += 1;
    last = row;
  }
} catch (error) {
  if (!(error instanceof MessageError)) throw error;
  fault = `${error.code} ${error.at}`;
}
const { heapTotal, external } = process.memoryUsage();
process.stdout.write(JSON.stringify({ rows, last, fault, megabytes: (heapTotal + external) / 2 ** 20 }));
