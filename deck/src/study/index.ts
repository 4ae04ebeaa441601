/** @file Studying the deck with spaced repetition. */
export { type DueCards, dueCards } from './due.js';
export {
  mergeProgress,
  noStudyProgress,
  type StudyProgress,
  type StudyState,
  withState,
} from './progress.js';
export { readStudyProgress } from './read.js';
export {
  type Grade,
  grades,
  intervalInWords,
  outcomesOf,
  type Scheduler,
  studyParameters,
} from './schedule.js';
