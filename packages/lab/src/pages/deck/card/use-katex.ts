/** @file KaTeX, which loads when the first formula is to be seen. */
import { useEffect, useState } from 'preact/hooks';

export type FormulaHtml = (tex: string, isDisplayed: boolean) => string;

/** `waiting`, then the function, or `absent` where it does not load. */
export type Katex = FormulaHtml | 'waiting' | 'absent';

let known: Katex = 'waiting';

/** Loads KaTeX unless there is no need; what has loaded once is there at once. */
export function useKatex(isNeeded = true): Katex {
  const [katex, setKatex] = useState<Katex>(() => known);
  useEffect(() => {
    if (!isNeeded || katex !== 'waiting') return;
    let isHere = true;
    const settle = (found: Katex) => {
      known = found;
      if (isHere) setKatex(() => found);
    };
    import('../katex.js').then(
      ({ formulaHtml }) => settle(formulaHtml),
      () => settle('absent'),
    );
    return () => {
      isHere = false;
    };
  }, [isNeeded]);
  return katex;
}
