import type { Hyperparameter, TrainingEffect, Waiver } from './contract.js';

/** A spec as written, once the schema holds: nothing filled in, nothing resolved. */
export type RawSpec = {
  readonly model: string;
  readonly sha256?: string;
  readonly name?: string;
  readonly api: 'image-classification' | 'image-feature-vector';
  readonly image_size: number | RawImageSize;
  readonly color_range?: RawColorRange;
  readonly num_classes?: number;
  readonly num_features?: number;
  readonly activation?: 'softmax' | 'sigmoid' | 'other';
  readonly activation_note?: string;
  readonly classes?: string | { readonly url: string; readonly sha256: string; readonly count: number };
  readonly fine_tuning?: RawFineTuning;
  readonly hyperparameters?: Readonly<Record<string, RawHyperparameter>>;
  readonly examples?: readonly RawExample[];
  readonly endpoint?: string | { readonly signature: string; readonly output: string };
  readonly tolerance?: { readonly absolute?: number; readonly relative?: number };
  readonly limits?: {
    readonly deadline?: string;
    readonly model_deadline?: string;
    readonly memory?: string;
    readonly pixels_per_call?: number;
  };
  readonly runs?: number;
  readonly waivers?: readonly Waiver[];
};

export type RawSide = number | { readonly min: number; readonly max: number; readonly step?: number };

export type RawImageSize = {
  readonly height: RawSide;
  readonly width: RawSide;
  readonly recommended?: readonly [number, number];
  readonly outside?: 'unspecified' | 'refused';
};

export type RawColorRange =
  | readonly [number, number]
  | { readonly mean: readonly number[]; readonly std: readonly number[] };

export type RawFineTuning = {
  readonly trainable_variables?: boolean | number;
  readonly training_argument?: boolean;
  readonly training_effects?: readonly TrainingEffect[];
  readonly regularization_losses?: number | 'any';
};

export type RawHyperparameter = Omit<Hyperparameter, 'name' | 'affects'> &
  Partial<Pick<Hyperparameter, 'affects'>>;

export type RawExample = {
  readonly image: string;
  readonly class?: number | string;
  readonly output?: string;
  readonly tolerance?: number;
};
