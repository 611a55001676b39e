import { describe, expect, it } from 'vitest';
import { backoff, policyFor } from '../src/calling/backoff.ts';

const policy = { first: 1_000, most: 60_000 };
const usual = () => 0.5;

describe('the wait after a failure', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [5_000, 60_000],
  ])('number %i doubles from the first one up to the most', (failures, wait) => {
    expect(backoff(policy, failures, usual)).toBe(wait);
  });

  it('is up to a fifth shorter or longer', () => {
    expect([0, 1].map((chance) => backoff(policy, 1, () => chance))).toEqual([800, 1_200]);
  });
});

describe('what a policy says about a kind of fault', () => {
  const retry = { attempts: 5, first: 1_000, most: 60_000, kinds: { conflict: { attempts: 9, first: 100 } } };

  it('is what it sets for that kind, and for the rest what holds for all', () => {
    expect(policyFor(retry, 'conflict')).toEqual({ attempts: 9, first: 100, most: 60_000 });
    expect(policyFor(retry, 'unavailable')).toEqual({ attempts: 5, first: 1_000, most: 60_000 });
  });
});
