import type { Scenario } from '../chance/scenario.ts';
import { Bench } from './bench.ts';
import { CallBook } from './call-book.ts';
import { InboundBook } from './inbound-book.ts';
import { OutboundBook } from './outbound-book.ts';
import { ReportBook } from './report-book.ts';

/**
 * Judges what became of every message. It knows what the far sides gave and got, what handlers did, what the journal said to
 * whom, and what callers were told; of the kernel it knows nothing.
 */
export class Oracle {
  readonly bench: Bench;
  readonly inbound: InboundBook;
  readonly outbound: OutboundBook;
  readonly calls: CallBook;
  readonly reports: ReportBook;

  constructor(scenario: Scenario, tell: (text: string) => void) {
    this.bench = new Bench(tell);
    this.inbound = new InboundBook(scenario, this.bench);
    this.outbound = new OutboundBook(scenario, this.bench);
    this.calls = new CallBook(this.bench, this.outbound);
    this.reports = new ReportBook(this.bench, this.outbound);
  }

  get violations(): readonly string[] {
    return this.bench.violations;
  }
}
