/** @file What the drawing can show of each unit, on the way forward and on the way back. */
import type { Mode, Pass } from '../model/pass.js';

export const stageNames = [
  'preactivation',
  'activation',
  'scaled',
  'arriving',
  'masked',
  'gradient',
] as const;
export type StageName = (typeof stageNames)[number];

interface Stage {
  readonly title: string;
  readonly isBack: boolean;
  /** One number a unit of a hidden layer. */
  readonly hidden: (layer: Pass['hidden'][number]) => readonly number[] | undefined;
  /** One number a unit of the last layer. */
  readonly output: (layer: Pass['output']) => readonly number[] | undefined;
  /** In words, for hidden layers. */
  readonly says: string;
}

export const stages: Readonly<Record<StageName, Stage>> = {
  preactivation: {
    title: 'pre-activation z',
    isBack: false,
    hidden: ({ preactivation }) => preactivation,
    output: ({ preactivation }) => preactivation,
    says: 'z = x · W + b: what the layer before sends, weighed and summed.',
  },
  activation: {
    title: 'activation a',
    isBack: false,
    hidden: ({ activation }) => activation,
    output: ({ probabilities }) => probabilities,
    says: 'a = tanh z; at the output the probabilities, softmax z.',
  },
  scaled: {
    title: 'scaled activation ã',
    isBack: false,
    hidden: ({ scaled }) => scaled,
    output: ({ probabilities }) => probabilities,
    says: 'ã = factor · a: the dropout. This is what goes on to the next layer.',
  },
  arriving: {
    title: 'gradient at ã',
    isBack: true,
    hidden: ({ back }) => back?.scaled,
    output: ({ back }) => back?.preactivation,
    says: '∂L/∂ã: what comes back from the next layer, to dropped units too.',
  },
  masked: {
    title: 'masked gradient, at a',
    isBack: true,
    hidden: ({ back }) => back?.activation,
    output: ({ back }) => back?.preactivation,
    says: '∂L/∂a = factor · ∂L/∂ã: the same factor again, so that a dropped unit gets exactly 0.',
  },
  gradient: {
    title: 'gradient at z',
    isBack: true,
    hidden: ({ back }) => back?.preactivation,
    output: ({ back }) => back?.preactivation,
    says: '∂L/∂z = (1 − a²) · ∂L/∂a: from here the gradients of the weights follow.',
  },
};

/** The stages of a mode: nothing comes back at inference. */
export const stagesOf = (mode: Mode): readonly StageName[] =>
  stageNames.filter((name) => mode === 'training' || !stages[name].isBack);
