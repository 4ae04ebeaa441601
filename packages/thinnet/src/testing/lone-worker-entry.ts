/** @file A worker that is the training worker and nothing else. */
import 'thinnet/web/worker';
