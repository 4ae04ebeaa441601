/** @file What the training worker tells the page while it trains. */
import type { Epoch } from 'thinnet';
import type { Frame } from '../experiment/frame.js';
import type { Column } from '../experiment/picture.js';
import type { Download } from '../runtime/shared.js';
import type { ArmRateChange, Settings } from '../settings/settings.js';

/** What is done before the first step. */
export type Opening =
  | { readonly type: 'download'; readonly download: Download }
  /** `done` is a share, 0 to 1, where it is known. */
  | { readonly type: 'stage'; readonly words: string; readonly done?: number };

export interface OpenedArm {
  readonly label: string;
  /** Trained numbers: weights, biases and what else is learned. */
  readonly parameters: number;
  readonly columns: readonly Column[];
  /** Whether its masks can be drawn. */
  readonly canDraw: boolean;
  /** Whether it has a rate that can be changed while it trains. */
  readonly canChange: boolean;
  /** SHA-256 of the masks of the first ten steps; none without dropout. */
  readonly digest?: string;
}

/** A run that is ready to train. */
export interface Opened {
  /** `WebAssembly, 2 threads`. */
  readonly where: string;
  /** Why WebGPU was not taken, where it was wanted. */
  readonly fellBack?: string;
  readonly arms: readonly OpenedArm[];
  readonly classNames: readonly string[];
  readonly stepsPerEpoch: number;
  readonly trainLength: number;
  readonly testLength: number;
}

export interface StepsEvent {
  readonly type: 'steps';
  readonly arm: number;
  /** Steps that the arm has taken. */
  readonly step: number;
  /** Mean loss of the latest steps, through thinned networks. */
  readonly loss: number;
  /** Milliseconds a step. */
  readonly milliseconds: number;
}

/** What is drawn: the masks of a step, and the batch's first example. */
export interface FrameEvent {
  readonly type: 'frame';
  readonly frame: Frame;
  readonly example: { readonly features: Uint8Array | Float32Array; readonly label: number };
}

export type TrainingEvent =
  | StepsEvent
  | FrameEvent
  /** All epochs of an arm so far, when it comes up. */
  | { readonly type: 'history'; readonly arm: number; readonly history: readonly Epoch[] }
  | { readonly type: 'epoch'; readonly arm: number; readonly epoch: Epoch }
  /** All arms are paused at this step. */
  | { readonly type: 'level'; readonly step: number }
  /** An arm cannot go on; the others do. */
  | { readonly type: 'failed'; readonly arm: number; readonly words: string }
  /** Something that the visitor should know, once. */
  | { readonly type: 'warning'; readonly words: string };

export interface OpenArgument {
  readonly settings: Settings;
  /** The run's id in the database. */
  readonly run: string;
  /** One line for the list of runs. */
  readonly title: string;
  /** The settings as an address. */
  readonly query: string;
  /** The visitor's table, where the page has it in memory. */
  readonly table?: Uint8Array;
}

export interface TrainArgument {
  /** Go on from the checkpoints. */
  readonly resume: boolean;
  /** Stand still before the first step. */
  readonly paused: boolean;
  /** The arm that is drawn. */
  readonly drawn: number;
}

export interface SetRateArgument {
  readonly arm: number;
  readonly rate: number;
}

/** How training ended. */
export type Ending = 'finished' | 'stopped';

/** The changes of all arms' rates, once one was set. */
export type Changes = readonly ArmRateChange[];
