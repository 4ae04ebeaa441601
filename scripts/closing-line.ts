/** @file A vitest reporter whose last line says, alone and plainly, `N passed, N failed, N skipped`. */
import type { Reporter, TestModule } from 'vitest/node';

/**
 * The closing line. A file that fails to load, a group whose preparation fails, and an error outside of any test count as one
 * failure each.
 */
export function closingLine(modules: readonly TestModule[], errorsOutsideTests: number): string {
  const count = { passed: 0, failed: errorsOutsideTests, skipped: 0 };
  for (const module of modules) {
    count.failed += module.errors().length;
    for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that was started and never ended, as when the run is interrupted, has not passed.
      count[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
}

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const line = closingLine(modules, errors.length);
    // At exit: after whatever other reporters and teardowns still print.
    process.once('exit', () => process.stdout.write(`\n${line}\n`));
  }
}
