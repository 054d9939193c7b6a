/** What a bug says for "do not ask the database at all". */
export const NOTHING = 'nothing';
