/** done: it was done · missed: there was nothing to hurt at that moment, as when a line had no connection. */
export type Injected = 'done' | 'missed';
