/** @file The progress of the study in the browser: read, changed and kept. */
import { noStudyProgress, readStudyProgress, type StudyProgress } from 'thinnet-deck';
import { getValue, updateValue } from '../../../store/values.js';

const name = 'deck.progress';

const progressOf = (value: unknown): StudyProgress =>
  value === undefined ? noStudyProgress : readStudyProgress(value, 'the progress kept in this browser');

/** Errors: a browser that keeps nothing; progress that a later version of the page wrote. */
export const loadProgress = async (): Promise<StudyProgress> => progressOf(await getValue(name));

/** Makes of what is kept, also by another window, what `change` says. */
export const changeProgress = (change: (progress: StudyProgress) => StudyProgress): Promise<StudyProgress> =>
  updateValue(name, (value) => change(progressOf(value)));
