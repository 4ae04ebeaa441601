/** @file What the deck's users take. */
export {
  type Card,
  type CardId,
  cardIds,
  type Finding,
  type Result,
  type Section,
  type Source,
  sections,
  type Verdict,
} from './card.js';
export { deck } from './cards/index.js';
export { type Fault, type FaultName, faults } from './faults/index.js';
export type { DropoutUnderTest, Laboratory, SampleName } from './laboratory.js';
export type { BarPicture, GridPicture, Line, LinePicture, Picture, TablePicture } from './picture.js';
export { type ReadSampleFile, readSample, withChannel } from './samples.js';
export {
  type DueCards,
  dueCards,
  type Grade,
  grades,
  intervalInWords,
  mergeProgress,
  noStudyProgress,
  outcomesOf,
  readStudyProgress,
  type Scheduler,
  type StudyProgress,
  type StudyState,
  studyParameters,
  withState,
} from './study/index.js';
export { theLibrary } from './subject.js';
export { paragraphsOf, type Span } from './text.js';
export { type Outcome, type VerifyOptions, verify } from './verify.js';
