/**
 * @file The training step with batchwise dropout against the step without dropout and with a mask for each example, as one
 * line of JSON: milliseconds a step (the fastest round), and ratios to the step without dropout (the median of the rounds).
 *
 * 784-width-width-width-10, ReLU, dropout behind each hidden layer, cross-entropy, SGD with learning rate 0.05 and momentum
 * 0.9. The arms take turns, and only one is compiled at a time: sessions that merely exist slow each other.
 *
 * Usage: thinnet-batchwise.mjs --width 1024 --batch 128 [--rounds 7] [--threads 2]
 */
import { parseArgs } from 'node:util';
import { batchwiseDropout, dense, dropout, network, relu } from 'thinnet';
import { fastestStep, randomExamples, version } from '../training/thinnet.mjs';

const { values } = parseArgs({
  options: {
    width: { type: 'string', default: '1024' },
    batch: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '2' },
  },
});
const [width, batchSize, rounds, threads] = [values.width, values.batch, values.rounds, values.threads].map(
  Number,
);
const stepsPerRun = Math.min(16, Math.max(4, 2048 / batchSize));
const runs = 3;
const examples = batchSize * stepsPerRun * runs;

const train = randomExamples(examples, [784]);

/** What stands behind each hidden layer. */
const arms = {
  none: () => [],
  dropout50: () => [dropout(0.5)],
  batchwise50: () => [batchwiseDropout(0.5)],
  batchwise80: () => [batchwiseDropout(0.8)],
};

/** @type {(thin: () => any[]) => Promise<number>} */
function stepTime(thin) {
  const hidden = () => [dense(width), relu(), ...thin()];
  const net = network({ input: [784], seed: 1 }, ...hidden(), ...hidden(), ...hidden(), dense(10));
  return fastestStep(net, { train, batchSize, stepsPerRun, threads, runs });
}

const times = Object.fromEntries(Object.keys(arms).map((arm) => [arm, /** @type {number[]} */ ([])]));
for (let round = 0; round < rounds; round++)
  for (const [arm, thin] of Object.entries(arms)) times[arm].push(await stepTime(thin));

/** @type {(arm: string) => number} */
const ratio = (arm) =>
  times[arm].map((time, round) => time / times.none[round]).sort((a, b) => a - b)[rounds >> 1];
console.log(
  JSON.stringify({
    ...Object.fromEntries(Object.entries(times).map(([arm, list]) => [arm, Math.min(...list)])),
    dropout50Ratio: ratio('dropout50'),
    batchwise50Ratio: ratio('batchwise50'),
    batchwise80Ratio: ratio('batchwise80'),
    version,
    threads,
  }),
);
