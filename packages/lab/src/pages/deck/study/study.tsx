/** @file Studying: the question first, the answer on demand, and how well it was known. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Card, deck, type Grade, grades, intervalInWords } from 'thinnet-deck';
import { Notice } from '../../../components/notice.js';
import { hrefOf } from '../../../shell/route.js';
import { Answer } from '../card/answer.js';
import { sectionTitles } from '../card/sections.js';
import { CardLine } from '../card/text.js';
import { useKatex } from '../card/use-katex.js';
import { ExperimentView } from '../experiment/experiment.js';
import { Keeping } from './keeping.js';
import { useStudyKeys } from './keys.js';
import { type Asked, type Study, useStudy } from './use-study.js';
import './study.css';

export function StudyView() {
  const study = useStudy();
  useStudyKeys(study);
  // By the time that an answer is asked for, its formulas can be set.
  useKatex();
  const { asked, problem, progress } = study;
  const card = deck.find(({ id }) => id === asked?.id);
  return (
    <>
      {problem === undefined ? null : (
        <Notice kind="warning" title="Progress is not kept">
          {problem} Export it before you leave.
        </Notice>
      )}
      <Counts study={study} />
      <div class="study">
        {progress === undefined ? (
          <div class="panel question-panel" aria-busy="true" />
        ) : asked && card ? (
          <Question
            key={`${asked.id} ${progress.cards[asked.id]?.lastReview}`}
            card={card}
            asked={asked}
            study={study}
          />
        ) : (
          <Done study={study} />
        )}
      </div>
      <Keeping study={study} />
    </>
  );
}

function Counts({ study: { due, progress } }: { readonly study: Study }) {
  const fresh = due.due.filter((id) => !Object.hasOwn(progress?.cards ?? {}, id)).length;
  const counts = [
    ['due', due.due.length - fresh],
    ['new', fresh],
    ['again soon', due.soon.length],
  ] as const;
  return (
    <p class="study-counts">
      {counts.map(([name, count]) => (
        <span key={name}>
          <b>{count}</b> {name}
        </span>
      ))}
    </p>
  );
}

interface QuestionProps {
  readonly card: Card;
  readonly asked: Asked;
  readonly study: Study;
}

function Question({ card, asked: { shown }, study }: QuestionProps) {
  const question = useRef<HTMLHeadingElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  // The reader is taken along: to the next question after a grade, and to the answer when it is shown.
  useLayoutEffect(() => {
    if (study.graded > 0) question.current?.focus();
  }, []);
  useLayoutEffect(() => {
    if (shown) answer.current?.focus({ preventScroll: true });
  }, [shown]);
  return (
    <>
      <article class="panel question-panel" aria-labelledby="question" data-card={card.id}>
        <p class="place">
          {sectionTitles[card.section]} <a href={hrefOf(`deck/${card.id}`)}>{card.id}</a>
        </p>
        <h2 id="question" class="question" tabIndex={-1} ref={question}>
          <CardLine text={card.question} />
        </h2>
        {shown ? (
          <>
            <section class="answer-place" tabIndex={-1} ref={answer} aria-label="Answer">
              <Answer card={card} />
            </section>
            <Grades shown={shown} onGrade={study.grade} />
          </>
        ) : (
          <p class="show">
            <button type="button" class="button primary" onClick={study.show}>
              Show the answer
            </button>
            <span class="note">
              <kbd>Space</kbd> or <kbd>Enter</kbd>
            </span>
          </p>
        )}
      </article>
      {shown ? <ExperimentView card={card} /> : null}
    </>
  );
}

const meanings: Readonly<Record<Grade, string>> = {
  again: 'not known',
  hard: 'known with effort',
  good: 'known',
  easy: 'known at once',
};

interface GradesProps {
  readonly shown: NonNullable<Asked['shown']>;
  readonly onGrade: (grade: Grade) => void;
}

const Grades = ({ shown: { at, outcomes }, onGrade }: GradesProps) => (
  <fieldset class="grades-bar">
    <legend class="visually-hidden">How well did you know it?</legend>
    <p aria-hidden="true">How well did you know it?</p>
    <div class="grades">
      {grades.map((grade, i) => (
        <button
          type="button"
          class="button grade"
          key={grade}
          onClick={() => onGrade(grade)}
          title={meanings[grade]}
        >
          <span>
            <kbd>{i + 1}</kbd> {grade}
          </span>
          <span class="interval">{intervalInWords(at, new Date(outcomes[grade].due))}</span>
        </button>
      ))}
    </div>
  </fieldset>
);

const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

const Done = ({ study: { due } }: { readonly study: Study }) => (
  <section class="panel question-panel" aria-labelledby="done">
    <h2 id="done" class="question">
      Nothing is due
    </h2>
    <p>
      {due.next === undefined
        ? 'The deck has no cards.'
        : `The next card comes in ${intervalInWords(new Date(), due.next)}, ${times.format(due.next)}.`}
    </p>
    <p>
      <a href={hrefOf('deck/cards')}>All cards and their experiments</a>
    </p>
  </section>
);
