/** @file The deck: all cards in their order. */
import type { Card } from '../card.js';
import { conv } from './conv.js';
import { convGradient } from './conv-gradient.js';
import { features } from './features.js';
import { gradient } from './gradient.js';
import { inference } from './inference.js';
import { inverted } from './inverted.js';
import { invertedInference } from './inverted-inference.js';
import { masking } from './masking.js';
import { onward } from './onward.js';
import { resampled } from './resampled.js';
import { scaling } from './scaling.js';
import { training } from './training.js';
import { what } from './what.js';
import { whyInverted } from './why-inverted.js';
import { whyScale } from './why-scale.js';

/** The cards, in the order in which they are learned: that of `cardIds`. */
export const deck: readonly Card[] = [
  what,
  training,
  features,
  inference,
  scaling,
  masking,
  onward,
  resampled,
  gradient,
  whyScale,
  inverted,
  whyInverted,
  invertedInference,
  conv,
  convGradient,
];
