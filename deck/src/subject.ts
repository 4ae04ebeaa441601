/** @file The dropout that the deck examines: the library's own. */
import { fillNoise, gradients, meanProgram } from 'thinnet';
import type { DropoutUnderTest } from './laboratory.js';

export const theLibrary: DropoutUnderTest = { fillNoise, gradients, meanProgram };
