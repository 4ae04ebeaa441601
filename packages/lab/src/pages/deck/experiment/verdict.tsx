/** @file A verdict as a word in its colour. */
import type { Verdict as Word } from 'thinnet-deck';

export const Verdict = ({ verdict }: { readonly verdict: Word }) => (
  <span class={`verdict ${verdict.replaceAll(' ', '-')}`}>{verdict}</span>
);
