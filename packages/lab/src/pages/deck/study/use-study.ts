/** @file The study as state: the progress, the card that is asked, and whether its answer is shown. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  type CardId,
  type DueCards,
  deck,
  dueCards,
  type Grade,
  mergeProgress,
  noStudyProgress,
  outcomesOf,
  type StudyProgress,
  type StudyState,
  studyParameters,
  withState,
} from 'thinnet-deck';
import { fsrs } from 'ts-fsrs';
import { messageOf } from '../../../components/message.js';
import { changeProgress, loadProgress } from './keep.js';

const scheduler = fsrs(studyParameters);
const ids = deck.map(({ id }) => id);

/** The card that is asked; `shown` once its answer is: when, and what each grade leads to. */
export interface Asked {
  readonly id: CardId;
  readonly shown?: { readonly at: Date; readonly outcomes: Readonly<Record<Grade, StudyState>> };
}

export interface Study {
  /** Undefined until it has been read. */
  readonly progress: StudyProgress | undefined;
  readonly due: DueCards<CardId>;
  readonly asked: Asked | undefined;
  /** Cards graded in this visit. */
  readonly graded: number;
  /** Why progress is not kept, where it is not. */
  readonly problem: string | undefined;
  show(): void;
  grade(grade: Grade): void;
  /** Takes in progress from elsewhere; of each card the state that was reviewed last counts. */
  merge(other: StudyProgress): Promise<void>;
  forget(): Promise<void>;
}

function nextCard(progress: StudyProgress): Asked | undefined {
  const { due, soon } = dueCards(ids, progress, new Date());
  const id = due[0] ?? soon[0];
  return id === undefined ? undefined : { id };
}

/** As long as a timer can run. */
const longest = 2 ** 31 - 1;

export function useStudy(): Study {
  const [progress, setProgress] = useState<StudyProgress>();
  const [asked, setAsked] = useState<Asked>();
  const [graded, setGraded] = useState(0);
  const [problem, setProblem] = useState<string>();
  const now = progress ?? noStudyProgress;
  const due = useMemo(() => dueCards(ids, now, new Date()), [now, asked]);

  const take = (changed: StudyProgress) => {
    setProgress(changed);
    setAsked(nextCard(changed));
  };
  const change = async (make: (progress: StudyProgress) => StudyProgress): Promise<void> => {
    try {
      take(await changeProgress(make));
    } catch (error) {
      setProblem(messageOf(error));
      take(make(now));
    }
  };

  useEffect(() => {
    loadProgress().then(take, (error) => {
      setProblem(messageOf(error));
      take(noStudyProgress);
    });
  }, []);
  // With nothing to ask, the next card appears when it is due.
  const next = asked === undefined && progress !== undefined ? due.next : undefined;
  useEffect(() => {
    if (next === undefined) return;
    const wait = Math.min(longest, Math.max(0, next.getTime() - Date.now()) + 100);
    const timer = setTimeout(() => setAsked(nextCard(now)), wait);
    return () => clearTimeout(timer);
  }, [next]);

  return {
    progress,
    due,
    asked,
    graded,
    problem,
    show() {
      if (asked === undefined || asked.shown) return;
      const at = new Date();
      setAsked({ id: asked.id, shown: { at, outcomes: outcomesOf(scheduler, now.cards[asked.id], at) } });
    },
    grade(grade) {
      if (asked?.shown === undefined) return;
      const state = asked.shown.outcomes[grade];
      setGraded(graded + 1);
      void change((before) => withState(before, asked.id, state));
    },
    merge: (other) => change((before) => mergeProgress(before, other)),
    forget: () => change(() => noStudyProgress),
  };
}
