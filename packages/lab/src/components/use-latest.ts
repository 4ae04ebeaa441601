/** @file Answers to a question that changes faster than it is answered. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from './message.js';

export interface Latest<Q, A> {
  /** The latest answer, and what it answers: maybe not yet the question of now. */
  readonly answered: { readonly question: Q; readonly answer: A } | undefined;
  readonly problem: string | undefined;
  readonly isBusy: boolean;
}

/**
 * Asks whenever the question is another one. One question is under way at a time; of those that come meanwhile the last
 * one waits. Without a question nothing is asked.
 *
 * @param keyOf tells questions apart
 */
export function useLatest<Q, A>(
  question: Q | undefined,
  ask: (question: Q) => Promise<A>,
  keyOf: (question: Q) => string = JSON.stringify,
): Latest<Q, A> {
  const [latest, setLatest] = useState<Latest<Q, A>>({
    answered: undefined,
    problem: undefined,
    isBusy: false,
  });
  const wanted = useRef<Q | undefined>(undefined);
  const isAsking = useRef(false);
  const isHere = useRef(true);
  const asking = useRef(ask);
  asking.current = ask;

  const work = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    while (isHere.current && wanted.current !== undefined) {
      const next = wanted.current;
      wanted.current = undefined;
      setLatest((before) => ({ ...before, isBusy: true }));
      try {
        const answer = await asking.current(next);
        if (isHere.current)
          setLatest({
            answered: { question: next, answer },
            problem: undefined,
            isBusy: wanted.current !== undefined,
          });
      } catch (error) {
        const problem = messageOf(error);
        if (isHere.current)
          setLatest((before) => ({ ...before, problem, isBusy: wanted.current !== undefined }));
      }
    }
    isAsking.current = false;
  };

  const key = question === undefined ? undefined : keyOf(question);
  useEffect(() => {
    if (question === undefined) return;
    wanted.current = question;
    void work();
  }, [key]);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  return latest;
}
