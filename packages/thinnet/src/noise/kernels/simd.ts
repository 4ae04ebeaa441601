/** @file The SIMD kernels as `NoiseKernels`, and the choice between them and plain TypeScript. */
import { blocksLayout } from '../blocks.js';
import { checkInteger, checkStream, keyHigh, keyLow, type Purpose } from '../counter.js';
import type { Draw, MaskDraw, NoiseKernels } from '../draws.js';
import { checkDraw, checkFinite, checkRoom, checkStd } from '../draws-check.js';
import { checkMask, ELEMENTS } from '../mask-bits.js';
import { referenceKernels } from '../reference.js';
import { threshold } from '../threshold.js';
import { type KernelInstance, kernelModule, kernelsOver } from './instance.js';
import { inPieces, LARGEST, SMALL, type Stage, stageOf } from './stage.js';

/** The kernels that write into `buffer`, or those of the stage. */
const reaching = (buffer: ArrayBufferLike, stage: Stage): { kernels: KernelInstance; direct: boolean } => {
  const kernels = kernelsOver(buffer);
  return kernels === undefined ? { kernels: stage.kernels, direct: false } : { kernels, direct: true };
};

function open(kernels: KernelInstance, { seed, step, site }: Draw): void {
  kernels.open(keyLow(seed), keyHigh(seed), step, site);
}

function openMask(kernels: KernelInstance, draw: MaskDraw, limit = threshold(draw.rate)): void {
  open(kernels, draw);
  const { first, rest, planes } = limit;
  kernels.limit(first, rest, planes);
}

function checkReal(draw: Draw, purpose: Purpose, length: number): number {
  checkDraw(draw);
  const { seed, step, site, offset = 0 } = draw;
  checkStream({ seed, purpose, step, site });
  return checkInteger('offset', offset, ELEMENTS - length + 1);
}

function kernelsOf(stage: Stage): NoiseKernels {
  /** Float32 elements, straight into `out` or in small pieces. */
  const fill = (
    out: Float32Array,
    offset: number,
    begin: (kernels: KernelInstance) => void,
    draw: (kernels: KernelInstance, out: number, length: number, offset: number) => void,
  ): void => {
    const { kernels, direct } = reaching(out.buffer, stage);
    begin(kernels);
    if (direct) draw(kernels, out.byteOffset, out.length, offset);
    else
      inPieces(offset, out.length, SMALL, (done, count) => {
        draw(kernels, stage.out, count, offset + done);
        out.set(stage.float32.subarray(0, count), done);
      });
  };

  return {
    name: 'wasm-simd',

    fillBernoulli(out, draw) {
      const { offset = 0, dropped, kept, rate } = draw;
      checkMask(draw, out.length);
      const limit = threshold(rate);
      if (limit.planes === 0) {
        out.fill(limit.first === 0 ? kept : dropped);
        return;
      }
      fill(
        out,
        offset,
        (kernels) => openMask(kernels, draw, limit),
        (kernels, at, length, from) => kernels.maskValues(at, length, from, dropped, kept),
      );
    },

    fillBits(out, draw) {
      const { offset = 0, length } = draw;
      checkMask(draw, length);
      const bytes = Math.ceil(length / 8);
      checkRoom('packed bits', out.length, bytes);
      const { kernels, direct } = reaching(out.buffer, stage);
      openMask(kernels, draw);
      if (direct) kernels.maskBits(out.byteOffset, length, offset);
      // Pieces are counted from the first bit, so that each begins with a byte.
      else
        inPieces(0, length, LARGEST, (done, count) => {
          kernels.maskBits(stage.out, count, offset + done);
          out.set(stage.uint8.subarray(0, Math.ceil(count / 8)), done / 8);
        });
    },

    keptIndices(out, draw) {
      const { offset = 0, length } = draw;
      checkMask(draw, length);
      checkRoom('kept indices', out.length, length);
      const { kernels, direct } = reaching(out.buffer, stage);
      openMask(kernels, draw);
      if (direct) return kernels.maskIndices(out.byteOffset, length, offset, 0);
      let total = 0;
      inPieces(offset, length, SMALL, (done, count) => {
        const kept = kernels.maskIndices(stage.out, count, offset + done, done);
        out.set(stage.int32.subarray(0, kept), total);
        total += kept;
      });
      return total;
    },

    applyDropout(out, x, draw) {
      const { offset = 0, scale } = draw;
      checkMask(draw, x.length);
      checkRoom('thinned features', out.length, x.length);
      const over = out.buffer === x.buffer ? kernelsOver(out.buffer) : undefined;
      const kernels = over ?? stage.kernels;
      const bytes = x instanceof Uint8Array;
      const thin = bytes ? kernels.thinUint8 : kernels.thinFloat32;
      openMask(kernels, draw);
      if (over !== undefined) thin(out.byteOffset, x.byteOffset, x.length, offset, scale);
      else
        inPieces(offset, x.length, SMALL, (done, count) => {
          (bytes ? stage.xUint8 : stage.xFloat32).set(x.subarray(done, done + count));
          thin(stage.out, stage.x, count, offset + done, scale);
          out.set(stage.float32.subarray(0, count), done);
        });
    },

    fillUniform(out, draw) {
      fill(
        out,
        checkReal(draw, 'uniform', out.length),
        (kernels) => open(kernels, draw),
        (kernels, at, length, offset) => kernels.uniform(at, length, offset),
      );
    },

    fillGaussian(out, draw) {
      const [mean, std] = [checkFinite('mean', draw.mean), checkStd(draw.std)];
      fill(
        out,
        checkReal(draw, 'gaussian', out.length),
        (kernels) => open(kernels, draw),
        (kernels, at, length, offset) => kernels.gaussian(at, length, offset, mean, std),
      );
    },

    fillBlocks(out, draw) {
      const { seed, step, site, gamma, height, width, size, kept, offset = 0 } = draw;
      const corners = { seed, step, site, rate: gamma, offset };
      checkMask(corners, out.length);
      const { area } = blocksLayout(draw, out.length);
      const { kernels, direct } = reaching(out.buffer, stage);
      if (area > Number(kernels.LARGEST_PLANE.value)) return referenceKernels.fillBlocks(out, draw);
      openMask(kernels, corners);
      const blocks = (at: number, from: number, count: number): number => {
        const plane = Math.floor(from / area);
        return kernels.blocks(at, count, plane, from - plane * area, height, width, size, kept);
      };
      if (direct) return blocks(out.byteOffset, offset, out.length);
      let total = 0;
      // Whole planes, where they fit: each piece draws every plane that it touches.
      const piece = area > LARGEST ? LARGEST : Math.floor(LARGEST / area) * area;
      inPieces(offset, out.length, piece, (done, count) => {
        total += blocks(stage.out, offset + done, count);
        out.set(stage.float32.subarray(0, count), done);
      });
      return total;
    },
  };
}

let simd: NoiseKernels | undefined;

/** The WebAssembly SIMD kernels; undefined where the engine has none, or forbids compiling them. */
export function simdKernels(): NoiseKernels | undefined {
  const module = kernelModule();
  if (module !== null) simd ??= kernelsOf(stageOf(module));
  return simd;
}

/** What draws noise unless told otherwise: the SIMD kernels where there are any, else plain TypeScript; the bits are the same. */
export const defaultKernels = (): NoiseKernels => simdKernels() ?? referenceKernels;
