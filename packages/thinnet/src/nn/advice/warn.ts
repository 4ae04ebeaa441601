/** @file Advice when a network is made, for those who ask for it: the library prints nothing itself. */
import { ThinnetError } from '../../error.js';
import type { Network } from '../network.js';
import { type Advice, type AdviseOptions, adviseOn } from './advice.js';

export interface WarnOptions extends AdviseOptions {
  /** Gets each piece of advice on the network, such as `({ message }) => console.warn(message)`. */
  readonly warn?: (advice: Advice) => void;
}

/** Gives the network itself. Errors: an unknown name in `silence`; `silence` with nobody to warn. */
export function warned(network: Network, { warn, silence }: WarnOptions): Network {
  if (warn === undefined) {
    if (silence !== undefined)
      throw new ThinnetError(
        `network "${network.graph.name}": silence says what not to warn of, but nobody is warned; give warn too, or leave silence to adviseOn`,
      );
    return network;
  }
  for (const advice of adviseOn(network, silence === undefined ? {} : { silence })) warn(advice);
  return network;
}
