// Boots a kernel as an application would, and prints what the queue got.
import { handle } from '@waybill/contract/application';
import { createKernel } from '@waybill/kernel';
import { announceReturn, returnApproved } from 'pack-returns';

const kernel = createKernel({
  manifest: 'waybill.json',
  handlers: [
    handle(announceReturn, (input, context) => {
      const number = `R-${input.order}`;
      context.publish(returnApproved, { number, amount: '39.80', currency: 'EUR' });
      return { number };
    }),
  ],
});

kernel.observe(({ direction, type, outcome, detail }) => console.log(`${direction} ${type} ${outcome} ${detail ?? ''}`));
process.once('SIGTERM', () => void kernel.stop());
await kernel.start();
console.log('running');
