/** @file A result out of an experiment's findings. */
import type { CardId, Finding, Result, Verdict } from './card.js';

/** One that does not hold decides, then one that is inconclusive. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('does not hold')) return 'does not hold';
  return verdicts.has('inconclusive') || findings.length === 0 ? 'inconclusive' : 'holds';
}

/** The result of a card, its verdict being that of the findings. */
export const result = (card: CardId, rest: Omit<Result, 'card' | 'verdict'>): Result => ({
  card,
  verdict: verdictOf(rest.findings),
  ...rest,
});
