/** @file Types of what is used of jstat, which has none of its own. */
declare module 'jstat' {
  interface Continuous {
    cdf(x: number, ...parameters: number[]): number;
    inv(p: number, ...parameters: number[]): number;
  }
  const jstat: {
    /** ln Γ(x). */
    gammaln(x: number): number;
    /** Parameter: degrees of freedom. */
    readonly chisquare: Continuous;
    /** Parameters: mean, standard deviation. */
    readonly normal: Continuous;
    /** Parameter: degrees of freedom. */
    readonly studentt: Continuous;
  };
  export = jstat;
}
