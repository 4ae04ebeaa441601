/** @file `thinnet lab`: serves the lab's page until it is interrupted. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ThinnetError } from 'thinnet';
import { exitCodes } from '../exit.js';
import { serveFolder } from '../lab/server.js';
import type { LabRequest } from '../options/lab-command.js';

export interface LabEnvironment {
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
  /** The folder with the built page. */
  folder(): string;
  /** Waits for the signal that ends it. */
  interruption(): Promise<'SIGINT' | 'SIGTERM'>;
}

const realEnvironment: LabEnvironment = {
  stdout: process.stdout,
  folder: () => join(dirname(createRequire(import.meta.url).resolve('thinnet-lab/package.json')), 'dist'),
  interruption: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
    }),
};

/** Gives the exit status: Ctrl-C is how it ends, and no failure. */
export async function lab({ port }: LabRequest, environment = realEnvironment): Promise<number> {
  const folder = environment.folder();
  if (!existsSync(join(folder, 'index.html')))
    throw new ThinnetError(`the lab's page is not built (no index.html in ${folder}); run npm run build`);
  // Before the address is printed: whoever reads it may end the server.
  const interrupted = environment.interruption();
  const server = await serveFolder(folder, port);
  environment.stdout.write(`The lab: ${server.address}\nCtrl-C ends it.\n`);
  const signal = await interrupted;
  await server.close();
  return signal === 'SIGINT' ? 0 : exitCodes.terminated;
}
