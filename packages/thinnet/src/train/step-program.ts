/** @file The training step as one ONNX graph: thinned forward, loss, backward, update, repeated inside a Loop. */
import { ThinnetError } from '../error.js';
import { gradientOf } from '../grad/gradients.js';
import { GraphBuilder } from '../graph/builder.js';
import { accumulateGemm } from '../graph/passes/accumulate-gemm.js';
import { accumulateRows } from '../graph/passes/accumulate-rows.js';
import { cleanUp } from '../graph/passes/clean-up.js';
import { ownStatistics } from '../graph/passes/own-statistics.js';
import { stackProducts } from '../graph/passes/stack-products.js';
import type { Value } from '../graph/value.js';
import { learned, type Network, type Parameter } from '../nn/network.js';
import { graph as graphAttribute, int } from '../onnx/attribute.js';
import type { DataType, Graph, Shape } from '../onnx/model.js';
import { checkPlanAlone } from './check.js';
import { boundNorm, clipByNorm } from './constraints.js';
import { lossRule } from './losses/table.js';
import { optimizerRule } from './optimizers/table.js';
import type { TrainingPlan } from './plan.js';
import { trainingNetwork } from './training-network.js';

/** One tensor that the program reads anew at each step, stacked over the steps of a run. */
export interface Stacked {
  /** The program's input, of shape ['K', …shape]. */
  readonly input: string;
  readonly type: DataType;
  /** Shape within one step, such as ['N', 784]. */
  readonly shape: Shape;
}

/** One tensor carried from step to step. */
export interface StateTensor {
  /** Its name in a state: a parameter's or statistic's own name, or `<parameter>/<slot>`. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly shape: readonly number[];
  /** Whether the steps of a run hand it on transposed. */
  readonly turned: boolean;
}

/**
 * The compiled form of a plan. The program takes the number of steps K, the state, and per step: features, targets, one noise
 * tensor per site and a few scalars; it gives the state after K steps and each step's loss.
 */
export interface StepProgram {
  readonly graph: Graph;
  /** Input: int64 scalar K. */
  readonly steps: string;
  readonly features: Stacked;
  readonly targets: Stacked;
  /** In the order of the network's sites. */
  readonly noise: readonly Stacked[];
  /** By the optimizer's name for it; each ['K']. */
  readonly scalars: readonly { readonly name: string; readonly input: string }[];
  readonly state: readonly StateTensor[];
  /** Output: float32 [K], of the data alone: the network's penalties are part of what the gradient follows, not of this. */
  readonly loss: string;
}

/** Writes a plan's training program; fails where the network cannot be trained, before any data is read. */
export function stepProgram(given: TrainingPlan): StepProgram {
  checkPlanAlone(given);
  const { network, turned } = trainingNetwork(
    { ...given.network, graph: trainingGraph(given.network) },
    given.batchSize,
  );
  const plan = { ...given, network };
  const outer = new GraphBuilder('training');
  outer.input('steps', 'int64', []);
  const optimizer = optimizerRule(plan.optimizer);
  const [info] = network.graph.inputs;
  if (info?.shape === undefined)
    throw new ThinnetError(`network "${network.graph.name}" has no input with a known shape`);
  if (network.parameters.length === 0)
    throw new ThinnetError(`network "${network.graph.name}" has no parameters to train`);

  const stack = (input: string, type: DataType, shape: Shape): Stacked => {
    outer.input(input, type, ['K', ...shape]);
    return { input, type, shape };
  };
  const features = stack('batch/features', info.type, info.shape);
  const target = lossRule(plan.loss).targets(outputOf(network));
  const targets = stack('batch/targets', target.type, ['N', ...target.shape]);
  const noise = network.sites.map((site) => stack(`noise/${site.name}`, 'float32', site.shape));
  const scalars = Object.keys(optimizer.scalars(plan.optimizer, 1, 0)).map((name) => {
    outer.input(`scalar/${name}`, 'float32', ['K']);
    return { name, input: `scalar/${name}` };
  });
  const carry = (name: string, shape: readonly number[], turned: boolean): StateTensor => {
    outer.input(`state/${name}`, 'float32', shape);
    return { name, input: `state/${name}`, output: `next/${name}`, shape, turned };
  };
  const slots = optimizer.slots(plan.optimizer);
  const state = [
    ...given.network.parameters.flatMap((parameter) =>
      [parameter.name, ...slots.map((slot) => slotName(parameter, slot))].map((name) =>
        carry(name, parameter.shape, turned.has(parameter.name)),
      ),
    ),
    ...network.statistics.map(({ name, shape }) => carry(name, shape, false)),
  ];
  const carried = state.map((tensor) =>
    tensor.turned ? { ...tensor, shape: tensor.shape.toReversed() } : tensor,
  );
  const turn = (value: Value, name?: string) =>
    outer.op('Transpose', [value], {}, name === undefined ? {} : { name });

  const step = writeStep(plan, outer, { features, targets, noise, scalars, state: carried });
  const body = ownStatistics(accumulateRows(accumulateGemm(stackProducts(cleanUp(step)))));
  const results = outer.add(
    {
      name: 'loop',
      op: 'Loop',
      domain: '',
      inputs: [
        'steps',
        '',
        ...state.map(({ input, turned }) => (turned ? turn(outer.value(input)).name : input)),
      ],
      outputs: [...state.map(({ output, turned }) => (turned ? `${output}/turned` : output)), 'loss'],
      attributes: { body: graphAttribute(body) },
    },
    [...carried.map(({ shape }) => shape), ['K']],
  );
  for (const [i, result] of results.entries())
    outer.output(state[i]?.turned ? turn(result, state[i].output) : result);
  return { graph: outer.build(), steps: 'steps', features, targets, noise, scalars, state, loss: 'loss' };
}

/** One step, as the Loop's body: (iteration, condition, state…) → (condition, state…, loss). */
function writeStep(
  plan: TrainingPlan,
  outer: GraphBuilder,
  ports: Omit<StepProgram, 'graph' | 'steps' | 'loss'>,
): Graph {
  const { network } = plan;
  const b = new GraphBuilder('step', outer);
  const iteration = b.input('iteration', 'int64', []);
  const condition = b.input('condition', 'bool', []);
  const before = Object.fromEntries(
    ports.state.map(({ name, shape }) => [name, b.input(name, 'float32', shape)]),
  );
  const now = (input: string) =>
    b.op('Gather', [outer.value(input), iteration], { axis: int(0) }, { name: `now/${input}` });

  const bindings: Record<string, Value> = {
    [(network.graph.inputs[0] as { name: string }).name]: now(ports.features.input),
  };
  for (const [i, site] of network.sites.entries())
    bindings[site.input] = now((ports.noise[i] as Stacked).input);
  for (const { name } of learned(network)) bindings[name] = before[name] as Value;
  const [outputs, ...rest] = b.inline(network.graph, bindings);
  const penalties = rest.slice(0, network.penalties.length);
  const statistics = rest.slice(network.penalties.length);
  const loss = lossRule(plan.loss).write(b, plan.loss, outputs as Value, now(ports.targets.input));

  const weights = network.parameters.map(({ name }) => before[name] as Value);
  const objective =
    penalties.length === 0 ? loss : b.op('Sum', [loss, ...penalties], {}, { name: 'objective' });
  const raw = gradientOf(b, objective, weights);
  const gradients = plan.clipNorm === undefined ? raw : clipByNorm(b, raw, plan.clipNorm);
  const scalars = Object.fromEntries(ports.scalars.map(({ name, input }) => [name, now(input)]));
  const after = new Map<string, Value>();
  for (const [i, parameter] of network.parameters.entries()) {
    const updated = update(b, plan, parameter, before, gradients[i] as Value, scalars);
    after.set(parameter.name, updated.weight);
    for (const [slot, value] of Object.entries(updated.slots)) after.set(slotName(parameter, slot), value);
  }
  for (const [i, { name }] of network.statistics.entries()) after.set(name, statistics[i] as Value);
  b.output(condition, 'continue');
  for (const { name, output } of ports.state) b.output(after.get(name) as Value, `${output}/step`);
  b.output(loss, 'loss/step');
  return b.build();
}

/** The network's graph with one output, then its penalties, then what each statistic becomes. */
function trainingGraph({ graph, penalties, statistics }: Network): Graph {
  const next = statistics.map(({ name, shape, next }) => {
    if (!graph.nodes.some(({ outputs }) => outputs.includes(next)))
      throw new ThinnetError(`statistic "${name}": nothing in graph "${graph.name}" computes "${next}"`);
    return { name: next, type: 'float32' as const, shape };
  });
  const added = penalties.map((name) => ({ name, type: 'float32' as const, shape: [] }));
  return { ...graph, outputs: [...graph.outputs.slice(0, 1), ...added, ...next] };
}

function update(
  b: GraphBuilder,
  plan: TrainingPlan,
  parameter: Parameter,
  before: Readonly<Record<string, Value>>,
  gradient: Value,
  scalars: Readonly<Record<string, Value>>,
) {
  const rule = optimizerRule(plan.optimizer);
  const slots = Object.fromEntries(
    rule.slots(plan.optimizer).map((slot) => [slot, before[slotName(parameter, slot)] as Value]),
  );
  const decays = parameter.role === 'weight';
  const updated = rule.update(b, plan.optimizer, {
    weight: before[parameter.name] as Value,
    gradient,
    slots,
    scalars,
    decays,
  });
  if (plan.maxNorm === undefined || parameter.role !== 'weight') return updated;
  return { ...updated, weight: boundNorm(b, updated.weight, parameter.incomingAxes, plan.maxNorm) };
}

const slotName = (parameter: Parameter, slot: string): string => `${parameter.name}/${slot}`;

function outputOf({ graph }: Network): Value {
  const [output] = graph.outputs;
  if (output?.shape === undefined)
    throw new ThinnetError(`network "${graph.name}" has no output with a known shape`);
  return { name: output.name, type: output.type, shape: output.shape };
}
