import { BUGS, type BugName } from './bugs.ts';
import { shiftClock, wrapClock } from './clock.ts';
import { watchControl } from './control.ts';
import { wrapKafka } from './kafka.ts';
import { wrapPostgres } from './postgres.ts';
import { armCrash } from './steps.ts';

const { TORTURE_CONTROL: control, TORTURE_CRASHES: crashes, TORTURE_BUG: name } = process.env;
const bug = name === undefined ? undefined : BUGS[name as BugName];
wrapClock();
wrapPostgres(bug);
wrapKafka(bug);
let crashId: number | undefined;
if (control !== undefined)
  watchControl(control, ({ clockShiftMs = 0, crash }) => {
    shiftClock(clockShiftMs);
    if (crash?.id === crashId) return;
    crashId = crash?.id;
    armCrash(crash, crashes);
  });
