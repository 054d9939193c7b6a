/** The house's clock, handed in so that a test can walk through a year. @returns ms since the epoch. */
export type Clock = () => number;
