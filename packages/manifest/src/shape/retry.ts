import type { FaultKind } from '@waybill/contract';
import { amount, defaults, group, length, optional, setting, type Written } from '../setting.ts';

const attempts = { description: 'How many attempts in all, the first included.', examples: [10] };
const first = { description: 'The wait after the first failure; it doubles with each further one.', examples: ['500ms'] } as const;
const most = { description: 'The longest wait between two attempts.', examples: ['1h'] } as const;
/** The steps of a retry where they differ from others: what is missing is as it was. */
const otherSteps = { attempts: optional(amount(attempts)), first: optional(length(first)), most: optional(length(most)) };
const stepsOfKind = group(otherSteps, { description: 'What is different for them.', examples: [{ attempts: 50, most: '15m' }] });
const kinds: readonly FaultKind[] = ['unavailable', 'conflict', 'unreadable', 'unknown', 'forbidden', 'invalid'];
const limits = {
  within: optional(
    length({
      description:
        'No attempt begins later than this after the message was made: it is parked instead, also while its destination is away. Default: no limit.',
      examples: ['24h'],
    }),
  ),
  kinds: optional(
    setting<Partial<Readonly<Record<FaultKind, Written<typeof stepsOfKind>>>>>({
      type: 'object',
      patternProperties: { [`^(${kinds.join('|')})$`]: stepsOfKind },
      additionalProperties: false,
      description: `What is different for faults of one kind (${kinds.join(', ')}), where they may pass at all. All failures of a message count.`,
      examples: [{ unavailable: { attempts: 50, most: '15m' } }],
    }),
  ),
};
export const retry = (fallback: number) =>
  defaults(
    {
      attempts: amount({ ...attempts, default: fallback }),
      first: length({ ...first, default: '1s' }),
      most: length({ ...most, default: '5m' }),
      ...limits,
    },
    { description: 'What happens after a failure that may pass.', examples: [{ attempts: 10, most: '1h' }] },
  );

/** Of a route, over what its destinations say. */
export const retryOfRoute = optional(
  group(
    { ...otherSteps, ...limits },
    {
      description: 'What is different for the messages of this route: the rest is as the outbound entry says.',
      examples: [{ attempts: 3 }],
    },
  ),
);
