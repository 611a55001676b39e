import type { Fault } from './fault.ts';
import { invalidFaults } from './invalid.ts';
import { hostileFaults, malformedFaults } from './malformed.ts';
import { refusedFaults, unknownFaults } from './misplaced.ts';

/** Every message that is refused whatever it comes over. */
export const faults: readonly Fault[] = [...malformedFaults, ...hostileFaults, ...unknownFaults, ...invalidFaults, ...refusedFaults];
