/** @file docs/models.md says how many parameters each model has, and has a row for each of their dropouts. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sizeOf } from '../graph/shape.js';
import { network } from '../nn/build.js';
import type { Layer } from '../nn/scope.js';
import { allConvolutional } from './all-convolutional.js';
import { leNet } from './le-net.js';
import { resNet20 } from './res-net.js';
import { textClassifier } from './text-classifier.js';
import { visionTransformer } from './vision-transformer.js';

const page = readFileSync(new URL('../../../../docs/models.md', import.meta.url), 'utf8');
const models: Readonly<Record<string, readonly [readonly number[], Layer, readonly string[]]>> = {
  'leNet()': [[28, 28], leNet(), ['mapDropout', 'denseDropout']],
  'allConvolutional()': [[28, 28], allConvolutional(), ['mapDropout', 'stageDropout']],
  'resNet20()': [[3, 32, 32], resNet20(), ['depthDropout', 'mapDropout', 'denseDropout']],
  'visionTransformer()': [
    [28, 28],
    visionTransformer(),
    ['attentionDropout', 'mlpDropout', 'dropout', 'depthDropout'],
  ],
  'textClassifier({ vocabulary: 5000 })': [
    [30],
    textClassifier({ vocabulary: 5000 }),
    ['embeddingDropout', 'inputDropout', 'recurrentDropout', 'stateDropout'],
  ],
};

it.each(Object.entries(models))(
  'the page on models has the parameters and dropouts of %s',
  (call, [input, layer, options]) => {
    const { parameters } = network({ input, seed: 1 }, layer);
    const count = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0).toLocaleString('en-US');
    const row = page.split('\n').find((line) => line.startsWith(`| \`${call}\``));
    expect(row).toContain(`| ${count} |`);
    const [, table = ''] = page.split('| model | option |');
    const name = call.replace(/\(.*/, '');
    const [, from = ''] = table.split(`\n| \`${name}\` `);
    const [rows = ''] = from.split('\n| `');
    for (const option of options) expect(rows, option).toContain(`| \`${option}\` |`);
  },
);
