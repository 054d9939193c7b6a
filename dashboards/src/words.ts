/** Every word the page says, in one place, so that it can be said in another language. */
export * from './words/account.ts';
export * from './words/cases.ts';
export * from './words/frame.ts';
export * from './words/house.ts';
export * from './words/infractions.ts';
export * from './words/law.ts';
export * from './words/live.ts';
