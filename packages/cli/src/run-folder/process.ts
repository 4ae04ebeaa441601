/** @file Whether a process is still there. */
import { hasCode } from './read.js';

/** Whether this machine runs a process of that number; what is no number of a process is none. */
export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
