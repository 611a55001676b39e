import { describe, inject } from 'vitest';
import { journalSuite } from '../../src/journal/suite.ts';
import { control } from './fault.ts';
import { faults } from './faults.ts';

/** Short, because what is broken waits for it. What is sound gets all the time that it needs. */
const patience = 100;
const slice = inject('slice');
const slices = inject('slices');

// No test file of its own: journal-suite-faults.slow.test.ts runs it in processes of its own and expects questions to fail.
if (slice === 0) journalSuite(control);

/** Broken journals wait for what never comes: so many are asked side by side. With more of them, questions would wait for each other. */
const sideBySide = 4;
const mine = faults.filter((_, index) => index % slices === slice);

for (let from = 0; from < mine.length; from += sideBySide) {
  describe(`the faults from ${from} on`, { concurrent: false }, () => {
    for (const { name, open } of mine.slice(from, from + sideBySide)) {
      describe.concurrent(`${name}, beside others`, () => {
        describe('asked one question after the other', { concurrent: false }, () => {
          journalSuite({ name, open, patience });
        });
      });
    }
  });
}
