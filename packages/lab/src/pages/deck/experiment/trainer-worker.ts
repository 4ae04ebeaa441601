/** @file A worker that trains one network at a time. */
import 'thinnet/web/worker';
