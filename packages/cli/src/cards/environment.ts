/** @file What the commands about cards take from outside; tests bring their own. */
import type { Card, Laboratory } from 'thinnet-deck';

export interface LaboratoryOptions {
  readonly onProgress: (done: number, doing?: string) => void;
  readonly signal: AbortSignal;
}

export interface CardsEnvironment {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  deck(): Promise<readonly Card[]>;
  /** Where the experiments run. */
  laboratory(options: LaboratoryOptions): Promise<Laboratory>;
  now(): Date;
}

export const realCardsEnvironment: CardsEnvironment = {
  stdout: process.stdout,
  stderr: process.stderr,
  deck: async () => (await import('thinnet-deck')).deck,
  laboratory: async (options) => (await import('thinnet-deck/node')).nodeLaboratory(options),
  now: () => new Date(),
};
