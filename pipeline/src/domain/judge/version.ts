/** Changes whenever the same log could give another verdict; it stands in every verdict. */
export const JUDGE_VERSION: string = 'judge-6';
