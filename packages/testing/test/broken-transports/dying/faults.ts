import type { TransportHarness } from '../../../src/transport/harness.ts';
import type { Fault } from '../fault.ts';
import { type LineFault, line } from './line.ts';
import { spool } from './spool.ts';
import type { SpoolFault } from './spool-fault.ts';
import { openLine, openSpool } from './worlds.ts';

/** What is broken waits as long once. */
const patience = 8_000;

function ofSpool(finds: string | readonly string[], fault?: SpoolFault): Fault {
  return {
    name: fault ?? 'sound-spool',
    transport: spool(fault),
    finds: [finds].flat(),
    harness: harnessOf('spool', openSpool, fault, ['id']),
  };
}

function ofLine(finds: string, fault?: LineFault): Fault {
  return { name: fault ?? 'sound-line', transport: line(fault), finds: [finds], harness: harnessOf('line', openLine, fault, ['id']) };
}

function harnessOf(
  name: string,
  prepare: TransportHarness['prepare'],
  fault: string | undefined,
  carries: TransportHarness['carries'],
): TransportHarness {
  const module = new URL(`./${name}-module.ts${fault === undefined ? '' : `?fault=${fault}`}`, import.meta.url);
  return { prepare, module, carries, patience };
}

/** Nothing is wrong with these, and processes that use them can be killed. */
export const soundDying = [ofSpool(''), ofLine('')];

const [taking, removing, removed] = [
  'while it takes a message loses none, and doubles none',
  'while it removes a message that was accepted loses none, and that one comes again under its id or not at all',
  'when it has the next message in hand has removed the one before for good',
];
const senders = (when: string): string => `${when} tells nobody that a message was taken which was not accepted`;

export const dyingFaults: readonly Fault[] = [
  ofSpool(
    [
      'hands out again what a crash left unsettled, with the same id',
      'hands it out with the same id also when it was put without one',
      'hands out what a crash left also to a listener that was there before',
    ],
    'acknowledges-before-it-hands-over',
  ),
  ofSpool('hands out what a crash left also to a listener that was there before', 'recovers-only-when-it-starts'),
  ofSpool('sends an id once that two senders send at the same time', 'looks-before-it-writes'),
  ofSpool(taking ?? '', 'lets-go-before-it-has-it'),
  ofSpool(removing ?? '', 'marks-before-it-removes'),
  ofSpool(removed ?? '', 'acknowledges-when-it-stops'),
  ofSpool('while it replies has sent the reply to whatever does not come again', 'removes-before-it-replies'),
  ofSpool('while it stops loses nothing of what it leaves behind, and doubles none', 'moves-what-is-left-when-it-stops'),
  ofSpool('with a message in hand leaves the order as it was', 'puts-what-was-left-behind-at-the-end'),
  ofSpool('while it sends leaves the whole message at the far side, or nothing', 'writes-in-place'),
  ofSpool('while it sends leaves a message that arrives once when the next process sends it again', 'remembers-in-memory'),
  ofSpool('as soon as it has the receipt has left the message at the far side, once', 'resolves-before-it-has-written'),
  ofLine(senders('with their messages in hand'), 'answers-for-slow-handlers'),
  ofLine(senders('while it tells them'), 'acknowledges-what-came-before'),
];
