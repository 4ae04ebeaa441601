/**
 * @file ONNX Runtime on Linux and macOS reports its use to its makers unless the environment says not to, and warns where it cannot
 * keep a number for that in the home folder. Imported ahead of it, this says so; what the caller has set stays.
 *
 * Native code reads the process's environment, of which a worker has only a copy: so the thread that starts the worker imports this too.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
