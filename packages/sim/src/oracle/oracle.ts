import type { Scenario } from '../chance/scenario.ts';
import { Bench } from './bench.ts';
import { InboundBook } from './inbound-book.ts';
import { OutboundBook } from './outbound-book.ts';

/**
 * Judges what became of every message. It knows what the far sides gave and got, what handlers did, and what the journal said to
 * whom; of the kernel it knows nothing.
 */
export class Oracle {
  readonly bench: Bench;
  readonly inbound: InboundBook;
  readonly outbound: OutboundBook;

  constructor(scenario: Scenario, tell: (text: string) => void) {
    this.bench = new Bench(tell);
    this.inbound = new InboundBook(scenario, this.bench);
    this.outbound = new OutboundBook(scenario, this.bench);
  }

  get violations(): readonly string[] {
    return this.bench.violations;
  }
}
