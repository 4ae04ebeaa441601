/** @file What this browser and this page can do; asked in the page, before anything is downloaded. */
import { chooseProvider } from 'thinnet/web';

export interface Abilities {
  /** Why there is no WebGPU, or undefined where there is. */
  readonly noWebGpu: string | undefined;
  /** Whether WebAssembly may use threads. */
  readonly isolated: boolean;
}

export async function abilities(): Promise<Abilities> {
  const { fellBack } = await chooseProvider('auto');
  return {
    noWebGpu: fellBack,
    isolated: globalThis.crossOriginIsolated === true,
  };
}
