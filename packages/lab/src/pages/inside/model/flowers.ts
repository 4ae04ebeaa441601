/** @file The examples: an iris of each species, of Fisher's measurements. */

export interface Flower {
  readonly name: string;
  /** Centimetres, in the order of `measurements`. */
  readonly features: readonly number[];
  readonly class: number;
}

export const measurements = ['sepal length', 'sepal width', 'petal length', 'petal width'] as const;

export const species = ['setosa', 'versicolor', 'virginica'] as const;

/** The first of each species in Fisher 1936, "The use of multiple measurements in taxonomic problems", table I. */
export const flowers: readonly Flower[] = [
  { name: 'Iris setosa', features: [5.1, 3.5, 1.4, 0.2], class: 0 },
  { name: 'Iris versicolor', features: [7.0, 3.2, 4.7, 1.4], class: 1 },
  { name: 'Iris virginica', features: [6.3, 3.3, 6.0, 2.5], class: 2 },
];

/** Mean and standard deviation of each measurement over all 150 flowers. */
export const mean: readonly number[] = [5.8433, 3.0573, 3.758, 1.1993];
export const std: readonly number[] = [0.8253, 0.4344, 1.7594, 0.7597];
