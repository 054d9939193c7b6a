/**
 * A role of the house as the breaker runs it: `wayside start` unchanged, on a clock, a database driver and a Kafka client
 * that the breaker has a hand on.
 */
import './take-hold.ts';
import '@wayside/pipeline/cli/main';
