/** @file PyTorch as a witness. */
import { describePython, python } from './python.js';

/** Runs a Python script that imports PyTorch, as `python` does; the import alone takes seconds. */
export const torch = python;

/** `describe` for tests that need PyTorch, as `describePython` has it. */
export const describeTorch = (title: string, tests: () => void): void =>
  describePython(['torch'], title, tests);
