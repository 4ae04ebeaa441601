/** @file The study by keyboard: Space or Enter shows the answer, 1 to 4 grade it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Grade, grades } from 'thinnet-deck';
import type { Study } from './use-study.js';

/** What takes these keys itself. */
const typing = 'input, select, textarea, dialog[open]';
const pressing = `${typing}, button, a, summary, [role="button"]`;

const isWithin = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/** Listens on the whole page while the study is open, but for what has the focus and uses the key itself. */
export function useStudyKeys(study: Study): void {
  const latest = useRef(study);
  latest.current = study;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const { asked, show, grade } = latest.current;
      const isShown = asked?.shown !== undefined;
      if ((event.key === ' ' || event.key === 'Enter') && !isShown && !isWithin(event.target, pressing)) {
        event.preventDefault();
        show();
      }
      const chosen: Grade | undefined = grades[Number(event.key) - 1];
      if (chosen !== undefined && isShown && !isWithin(event.target, typing)) {
        event.preventDefault();
        grade(chosen);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
