/** @file What can be drawn: the arguments of every kernel, and the interface that all implementations share. */

/** Which noise to draw: every number is a pure function of these and of its element's index. */
export interface Draw {
  /** 0 to 2^53 − 1. */
  readonly seed: number;
  /** 0 to 2^32 − 1. */
  readonly step: number;
  /** 0 to 2^32 − 1. */
  readonly site: number;
  /** Index, in the whole tensor, of the first element to write; 0 unless given. Elements end at 2^51 − 1. */
  readonly offset?: number;
}

/** A draw of which elements are dropped. */
export interface MaskDraw extends Draw {
  /** Probability to drop, 0 to 1. */
  readonly rate: number;
}

/** A mask, and what to write for its two outcomes. */
export interface BernoulliDraw extends MaskDraw {
  /** Value of a dropped element. */
  readonly dropped: number;
  /** Value of a kept element. */
  readonly kept: number;
}

/** A mask as packed bits. */
export interface BitsDraw extends MaskDraw {
  /** How many elements to draw; the last byte is filled up with zeros. */
  readonly length: number;
}

/** The kept ones among `length` elements. */
export interface IndicesDraw extends MaskDraw {
  readonly length: number;
}

/** A mask that is multiplied into features at once. */
export interface DropoutDraw extends MaskDraw {
  /** Factor of a kept element; a dropped one becomes 0. */
  readonly scale: number;
}

/** Normal numbers. */
export interface GaussianDraw extends Draw {
  readonly mean: number;
  readonly std: number;
}

/** Square holes in planes of H × W elements; `offset` counts elements of the planes. */
export interface BlocksDraw extends Draw {
  /** Probability γ that an element of the valid region is the first corner of a hole. */
  readonly gamma: number;
  /** H, at least `size`. */
  readonly height: number;
  /** W, at least `size`. */
  readonly width: number;
  /** Side of a hole, at least 1. */
  readonly size: number;
  /** Value of an element outside all holes; inside it is 0. */
  readonly kept: number;
}

/** What draws noise. Every implementation gives the same bits as `referenceKernels`. */
export interface NoiseKernels {
  readonly name: string;
  /** Fills `out` with elements offset … offset + out.length − 1 of a tensor's mask: `dropped` or `kept`. */
  fillBernoulli(out: Float32Array, draw: BernoulliDraw): void;
  /** Fills ⌈length / 8⌉ bytes of `out` with the same mask as bits, 1 where kept: element offset + i is bit i mod 8 of byte ⌊i / 8⌋. */
  fillBits(out: Uint8Array, draw: BitsDraw): void;
  /** Writes, in order, the i < length for which element offset + i is kept, and returns how many; `out` holds at least `length`. */
  keptIndices(out: Int32Array, draw: IndicesDraw): number;
  /** out = x ∘ mask · scale: x · scale (rounded to float32) where kept, +0 where dropped. `out` may be `x`. */
  applyDropout(out: Float32Array, x: Float32Array | Uint8Array, draw: DropoutDraw): void;
  /** Fills `out` with uniform numbers strictly between 0 and 1: odd multiples of 2^-24. */
  fillUniform(out: Float32Array, draw: Draw): void;
  /** Fills `out` with normal numbers. */
  fillGaussian(out: Float32Array, draw: GaussianDraw): void;
  /** Fills `out` with elements offset … of planes with square holes; returns how many of them are kept. */
  fillBlocks(out: Float32Array, draw: BlocksDraw): number;
}
