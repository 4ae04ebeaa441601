/** @file What the deck's sections are called. */
import type { Section } from 'thinnet-deck';

export const sectionTitles: Readonly<Record<Section, string>> = {
  overview: 'Overview',
  forward: 'Forward',
  backward: 'Backward',
  scaling: 'Scaling',
  convolution: 'Convolution',
};
