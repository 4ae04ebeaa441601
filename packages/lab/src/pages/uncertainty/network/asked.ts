/** @file A trained network that is asked: compiled once, in the worker. */
import { type MonteCarlo, monteCarlo, predictiveEntropy, type Runtime } from 'thinnet';
import { type Prepared, planOf } from '../../../experiment/plan.js';
import { rotated, side } from '../image/rotate.js';
import { type Answer, angles, draws, maskSeed, type Sweep } from './answers.js';
import type { NetworkSource, Parameters } from './source.js';

export class AskedNetwork {
  readonly #answers: MonteCarlo;

  private constructor(answers: MonteCarlo) {
    this.#answers = answers;
  }

  static async open(
    { settings, arm }: NetworkSource,
    parameters: Parameters,
    { input }: Prepared,
    runtime: Runtime,
  ): Promise<AskedNetwork> {
    const { network } = planOf(settings, arm, input);
    // With shared masks a draw is one network, which sees all angles.
    const options = { seed: maskSeed, draws, masks: 'shared' } as const;
    return new AskedNetwork(await monteCarlo(network, parameters, runtime, options));
  }

  async ask(image: Float32Array): Promise<Answer> {
    const answer = await this.#answers.classify(image, { keepDraws: true });
    return {
      classes: answer.classes,
      samples: answer.samples as Float32Array,
      mean: [...answer.probabilities],
      std: [...answer.std],
      meanNetwork: [...answer.meanNetwork],
      entropy: answer.entropy[0] as number,
      expectedEntropy: answer.expectedEntropy[0] as number,
      mutualInformation: answer.mutualInformation[0] as number,
    };
  }

  async sweep(image: Float32Array): Promise<Sweep> {
    const turned = new Float32Array(angles.length * side * side);
    for (const [i, angle] of angles.entries()) turned.set(rotated(image, angle), i * side * side);
    const answer = await this.#answers.classify(turned);
    return {
      entropy: [...answer.entropy],
      mutualInformation: [...answer.mutualInformation],
      meanNetworkEntropy: [...predictiveEntropy(answer.meanNetwork, answer.classes)],
    };
  }

  release(): Promise<void> {
    return this.#answers.release();
  }
}
