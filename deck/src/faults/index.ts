/** @file Dropouts with a fault: what the cards must find out, or they would test nothing. */
import { fillNoise } from 'thinnet';
import type { CardId } from '../card.js';
import type { DropoutUnderTest } from '../laboratory.js';
import { theLibrary } from '../subject.js';
import { gradientsPastMasks } from './past-masks.js';
import { drawingProgram, unscaledProgram } from './programs.js';
import { withoutScale } from './scale.js';

export interface Fault {
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly dropout: DropoutUnderTest;
  /** The cards whose claims this fault breaks. */
  readonly cards: readonly CardId[];
}

export const faults = {
  scaleForgotten: {
    title: 'the scale forgotten: survivors are not scaled in training, nor the layer at inference',
    dropout: { ...theLibrary, fillNoise: withoutScale, meanProgram: unscaledProgram },
    cards: ['scaling', 'masking', 'why-scale', 'inverted', 'why-inverted'],
  },
  maskNotResampled: {
    title: 'the mask not resampled: every step has the mask of step 0',
    dropout: {
      ...theLibrary,
      fillNoise: (site, draw, ...rest) => fillNoise(site, { ...draw, step: 0 }, ...rest),
    },
    cards: ['training', 'masking', 'resampled', 'gradient', 'why-scale', 'why-inverted'],
  },
  gradientNotMasked: {
    title: 'the gradient not masked: it goes backwards as if nothing had been dropped',
    dropout: { ...theLibrary, gradients: gradientsPastMasks },
    cards: ['gradient'],
  },
  noiseLeftOn: {
    title: 'the noise left on at inference: the program draws and drops',
    dropout: { ...theLibrary, meanProgram: drawingProgram },
    cards: ['inference', 'scaling', 'why-scale', 'inverted-inference'],
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
