/** @file What is known of a graph's values while it is built: its tensors, and the elements of small integer values. */
import type { DataType, Dim, Node, Tensor, TensorData, TensorValue } from '../onnx/model.js';
import { integerElements } from './infer/sources.js';
import { constantValue, contentKey, tensorOfElements } from './typed.js';
import type { Value } from './value.js';

/** Elements of larger values are not followed: shapes are short. */
const mostElements = 256;
/** Larger constants are not compared with others. */
const mostShared = 64;

export class Constants {
  readonly #tensors = new Map<string, Tensor>();
  /** Elements of small integer values, symbolic ones included: shapes being computed. */
  readonly #elements = new Map<string, readonly Dim[]>();
  readonly #byContent = new Map<string, Value>();

  /** The initializers, in the order in which they came. */
  get tensors(): readonly Tensor[] {
    return [...this.#tensors.values()];
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  add(tensor: Tensor): void {
    this.#tensors.set(tensor.name, tensor);
    this.addElements(tensor.name, integerElements(tensor));
  }

  addElements(name: string, elements: readonly Dim[] | undefined): void {
    if (elements && elements.length <= mostElements) this.#elements.set(name, elements);
  }

  elementsOf(name: string): readonly Dim[] | undefined {
    return this.#elements.get(name);
  }

  /** A value's elements where none is symbolic; `producer` is the node that computes it. */
  valueOf({ name, type, shape }: Value, producer: Node | undefined): TensorValue | undefined {
    const tensor = this.#tensors.get(name) ?? (producer && constantValue(producer));
    if (tensor) return tensor;
    const elements = this.#elements.get(name);
    return elements && tensorOfElements(type, shape, elements);
  }

  /** The constant of that content, made where there is none yet; large ones are made each time. */
  shared(data: TensorData, type: DataType, dims: readonly number[], make: () => Value): Value {
    if (data.length > mostShared) return make();
    const key = contentKey(data, type, dims);
    const value = this.#byContent.get(key) ?? make();
    this.#byContent.set(key, value);
    return value;
  }
}
