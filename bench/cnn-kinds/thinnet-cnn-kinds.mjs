/**
 * @file What one kind of dropout costs inside the convolutional network of the benchmark `cnn`, as one line of JSON:
 * milliseconds a step without dropout and with it (the fastest of all), and the ratio (the median over turns).
 *
 * Kinds of feature maps stand behind both pools, kinds of units between the two dense layers. The two networks take turns, and
 * only one is compiled at a time: sessions that merely exist slow each other.
 *
 * Usage: thinnet-cnn-kinds.mjs --kind dropout [--rounds 5] [--threads 2]
 */
import { parseArgs } from 'node:util';
import * as thinnet from 'thinnet';
import { fastestStep, randomExamples, version } from '../training/thinnet.mjs';

const { conv2d, dense, flatten, maxPool, network, relu } = thinnet;

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'dropout' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
  },
});
const [rounds, threads] = [values.rounds, values.threads].map(Number);
const [batchSize, stepsPerRun, runs] = [128, 4, 3];

/**
 * Where a kind stands: behind the pools, in front of the last dense layer, in its place, or in place of the ReLU.
 * @typedef {{ map?: () => any, unit?: () => any, output?: () => any, activation?: () => any }} Place
 * @type {Record<string, Place>}
 */
const places = {
  dropout: { unit: () => thinnet.dropout(0.5) },
  'dropout on maps': { map: () => thinnet.dropout(0.2) },
  standard: { unit: () => thinnet.standardDropout(0.5) },
  spatial: { map: () => thinnet.spatialDropout(0.2) },
  dropblock: { map: () => thinnet.dropBlock(0.2, { blockSize: 3 }) },
  gaussian: { unit: () => thinnet.gaussianDropout(0.5) },
  alpha: { unit: () => thinnet.alphaDropout(0.5) },
  'feature alpha': { map: () => thinnet.featureAlphaDropout(0.2) },
  batchwise: { unit: () => thinnet.batchwiseDropout(0.5) },
  dropconnect: { output: () => thinnet.dropConnect(10, 0.5) },
  depth: { map: () => thinnet.residual(thinnet.relu(), thinnet.dropPath(0.2)) },
  concrete: { unit: () => thinnet.concreteDropout(0.5, { examples: 60_000 }) },
  'variational gaussian': { unit: () => thinnet.variationalGaussianDropout(0.3, { examples: 60_000 }) },
  standout: { activation: () => thinnet.standout(relu()) },
};
const place = places[values.kind];
if (place === undefined)
  throw new Error(`--kind ${values.kind}: there are ${Object.keys(places).join(', ')}`);

/** The branch that carries depth dropout costs time of its own, so the network compared with has it too. @type {Place} */
const without = values.kind === 'depth' ? { map: () => thinnet.residual(thinnet.relu()) } : {};

/** @param {Place} at */
function layers({ map, unit, output, activation }) {
  const block = (/** @type {number} */ filters) => [
    conv2d(filters, { kernel: 5, padding: 'same' }),
    relu(),
    maxPool({ kernel: 2 }),
    ...[map?.() ?? []].flat(),
  ];
  const head = [dense(1024), activation?.() ?? relu(), ...[unit?.() ?? []].flat(), output?.() ?? dense(10)];
  return [...block(32), ...block(64), flatten(), ...head];
}

const train = randomExamples(batchSize * stepsPerRun * runs, [1, 28, 28]);

/** @param {Place} at */
const stepTime = (at) =>
  fastestStep(network({ input: [1, 28, 28], seed: 1 }, ...layers(at)), {
    train,
    batchSize,
    stepsPerRun,
    threads,
    runs,
  });

const none = [];
const kind = [];
for (let round = 0; round < rounds; round++) {
  none.push(await stepTime(without));
  kind.push(await stepTime(place));
}
const ratios = kind.map((time, round) => time / (none[round] ?? Number.NaN)).sort((a, b) => a - b);
console.log(
  JSON.stringify({
    none: Math.min(...none),
    kind: Math.min(...kind),
    ratio: ratios[rounds >> 1],
    fastest: Math.min(...kind) / Math.min(...none),
    version,
    threads,
  }),
);
