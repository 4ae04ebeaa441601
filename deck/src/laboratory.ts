/** @file What an experiment works with: a runtime, real data, and the dropout that it examines. */
import type {
  fillNoise,
  gradients,
  meanProgram,
  Runtime,
  Split,
  Trainer,
  TrainingData,
  TrainingPlan,
} from 'thinnet';

/**
 * The dropout under examination: the functions of the library that decide what dropout does. An experiment takes them from
 * here and from nowhere else, so that a dropout with a fault can be put in their place: a card that still holds is no test.
 */
export interface DropoutUnderTest {
  /** Draws a site's noise of a step. */
  readonly fillNoise: typeof fillNoise;
  /** Writes the gradient of a loss into a graph. */
  readonly gradients: typeof gradients;
  /** The network at inference. */
  readonly meanProgram: typeof meanProgram;
}

export type SampleName = 'mnist' | 'fashion-mnist';

/** Where experiments run: Node, or a worker of a page. */
export interface Laboratory {
  readonly dropout: DropoutUnderTest;
  readonly runtime: Runtime;
  /**
   * A network in training. It trains by the library's own dropout, also where `dropout` is another: what a card says of
   * training itself it measures with `dropout`. Close it when done.
   */
  trainer(plan: TrainingPlan, data: TrainingData): Promise<Trainer>;
  /** How many trainers it has room for side by side; 1 unless given. */
  readonly atOnce?: number;
  /** 2,000 training and 2,000 test images, each class equally often: pixels 0 to 255, shape [1, 28, 28]. */
  sample(name: SampleName): Promise<Split>;
  /** Does the work somewhere else: another process or worker runs the ONNX file once and gives its first output. */
  elsewhere?(
    model: Uint8Array,
    input: { readonly dims: readonly number[]; readonly data: Float32Array },
  ): Promise<Float32Array>;
  /** How far the experiment is, 0 to 1, and what it is doing. */
  progress(done: number, doing?: string): void;
  readonly signal?: AbortSignal;
  /**
   * What experiments leave for each other, such as trained networks. Laboratories that share it share them; one without
   * shares only among its own experiments.
   */
  readonly memory?: Map<string, Promise<unknown>>;
}
